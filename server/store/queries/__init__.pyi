"""The queries of each file here, as attributes of a session. Written by `make golden`."""

from server.store.queries.activities import Activities
from server.store.queries.answers import Answers
from server.store.queries.api_keys import ApiKeys
from server.store.queries.api_replies import ApiReplies
from server.store.queries.asked import Asked
from server.store.queries.audit import Audit
from server.store.queries.bookings import Bookings
from server.store.queries.brands import Brands
from server.store.queries.bulk import Bulk
from server.store.queries.calendars import Calendars
from server.store.queries.campaigns import Campaigns
from server.store.queries.checks import Checks
from server.store.queries.conditions import Conditions
from server.store.queries.contacts import Contacts
from server.store.queries.decisive import Decisive
from server.store.queries.effects import Effects
from server.store.queries.emails import Emails
from server.store.queries.endpoints import Endpoints
from server.store.queries.erasing import Erasing
from server.store.queries.events import Events
from server.store.queries.flows import Flows
from server.store.queries.gate import Gate
from server.store.queries.hits import Hits
from server.store.queries.images import Images
from server.store.queries.imports import Imports
from server.store.queries.leads import Leads
from server.store.queries.merging import Merging
from server.store.queries.messages import Messages
from server.store.queries.notices import Notices
from server.store.queries.open_pages import OpenPages
from server.store.queries.overrules import Overrules
from server.store.queries.push_devices import PushDevices
from server.store.queries.pushes import Pushes
from server.store.queries.qualifications import Qualifications
from server.store.queries.replies import Replies
from server.store.queries.report_people import ReportPeople
from server.store.queries.reports import Reports
from server.store.queries.restores import Restores
from server.store.queries.saved_texts import SavedTexts
from server.store.queries.segments import Segments
from server.store.queries.sessions import Sessions
from server.store.queries.signing_keys import SigningKeys
from server.store.queries.suppressions import Suppressions
from server.store.queries.tasks import Tasks
from server.store.queries.testers import Testers
from server.store.queries.users import Users
from server.store.queries.versions import Versions

class Queries:
    activities: Activities
    answers: Answers
    api_keys: ApiKeys
    api_replies: ApiReplies
    asked: Asked
    audit: Audit
    bookings: Bookings
    brands: Brands
    bulk: Bulk
    calendars: Calendars
    campaigns: Campaigns
    checks: Checks
    conditions: Conditions
    contacts: Contacts
    decisive: Decisive
    effects: Effects
    emails: Emails
    endpoints: Endpoints
    erasing: Erasing
    events: Events
    flows: Flows
    gate: Gate
    hits: Hits
    images: Images
    imports: Imports
    leads: Leads
    merging: Merging
    messages: Messages
    notices: Notices
    open_pages: OpenPages
    overrules: Overrules
    push_devices: PushDevices
    pushes: Pushes
    qualifications: Qualifications
    replies: Replies
    report_people: ReportPeople
    reports: Reports
    restores: Restores
    saved_texts: SavedTexts
    segments: Segments
    sessions: Sessions
    signing_keys: SigningKeys
    suppressions: Suppressions
    tasks: Tasks
    testers: Testers
    users: Users
    versions: Versions
