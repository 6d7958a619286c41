"""What gate.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

from server.store.queries.contacts import ContactsRow

class GatePeopleRow(ContactsRow):
    suppressed_all: int
    suppressed_marketing: int

class GateRecentRow(TypedDict):
    contact_id: str
    begun_at: int

class GateSentOfCampaignRow(TypedDict):
    contact_id: str
    id: str

class Gate:
    def people(self, *, ids: str) -> list[GatePeopleRow]: ...
    def recent(self, *, ids: str, since_at: int) -> list[GateRecentRow]: ...
    def sent_of_campaign(self, *, ids: str, campaign_id: str) -> list[GateSentOfCampaignRow]: ...
    def testers(self, *, ids: str) -> list[GatePeopleRow]: ...
