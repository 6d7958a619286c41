"""Who gets in where. The table below is written by hand, from what each job is for: the code has its own."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.accounts.roles import PERMISSIONS, ROLES
from server.web.access import ACCESS
from server.web.app import build
from server.web.room import SIGNED_IN
from tests.server import apps
from tests.server.web.test_session import ARGUMENTS, BY_TOKEN, OPEN
from tests.server.world import World, csrf

MAY = """
                            admin marketer sales viewer
marketing_home.index        yes   yes      -     -
today.index                 yes   -        yes   -
today.home                  yes   yes      yes   yes
leads.index                 yes   yes      yes   yes
leads.show                  yes   yes      yes   yes
leads.news                  yes   yes      yes   yes
lead_work.do                yes   -        yes   -
lead_mail.show              yes   yes      yes   yes
lead_mail.frame             yes   yes      yes   yes
bulk.act                    yes   -        yes   -
bulk.undo                   yes   -        yes   -
find.index                  yes   yes      yes   yes
callers.new                 yes   -        yes   -
callers.add                 yes   -        yes   -
callers.begin               yes   -        yes   -
letters.write               yes   -        yes   -
letters.send                yes   -        yes   -
export.leads                yes   yes      -     -
qualification.index         yes   yes      yes   yes
qualification.change        yes   yes      -     -
overrule.decide             yes   yes      yes   -
reports.index               yes   yes      yes   yes
reports.show                yes   yes      yes   yes
reports.compare             yes   yes      yes   yes
undecided.index             yes   yes      yes   yes
undecided.settle            yes   yes      yes   -
reports.answered            yes   yes      -     yes
reports.listed              yes   yes      -     yes
reports.tag                 yes   yes      -     -
reports.export              yes   yes      -     -
answers.index               yes   yes      -     yes
contacts.index              yes   yes      yes   yes
contacts.show               yes   yes      yes   yes
contact_editor.new          yes   yes      -     -
contact_editor.create       yes   yes      -     -
contact_editor.edit         yes   yes      -     -
contact_editor.save         yes   yes      -     -
contact_editor.tag          yes   yes      -     -
contact_imports.index       yes   yes      -     -
contact_uploads.ask         yes   yes      -     -
contact_uploads.refuse      yes   yes      -     -
contact_uploads.choose      yes   yes      -     -
contact_uploads.upload      yes   yes      -     -
contact_imports.show        yes   yes      -     -
contact_import_actions.columns    yes   yes      -     -
contact_import_actions.start      yes   yes      -     -
contact_import_actions.take_back  yes   yes      -     -
contact_import_actions.again      yes   yes      -     -
contact_import_actions.remove     yes   yes      -     -
contact_import_actions.report     yes   yes      -     -
contact_merge.choose        yes   yes      -     -
contact_merge.compare       yes   yes      -     -
contact_merge.join          yes   yes      -     -
segments.index              yes   yes      yes   yes
segments.listed             yes   yes      yes   yes
segments.archive            yes   yes      -     -
segments.delete             yes   yes      -     -
segment_editor.new          yes   yes      -     -
segment_editor.make         yes   yes      -     -
segment_editor.show         yes   yes      yes   yes
segment_editor.save         yes   yes      -     -
emails.index                yes   yes      -     yes
emails.show                 yes   yes      -     yes
emails.frame                yes   yes      -     yes
emails.person               yes   yes      -     yes
new_email.gallery           yes   yes      -     -
new_email.ask               yes   yes      -     -
new_email.make              yes   yes      -     -
new_email.picture           yes   yes      -     -
email_actions.describe      yes   yes      -     -
email_actions.publish       yes   yes      -     -
email_actions.copy          yes   yes      -     -
email_actions.set_state     yes   yes      -     -
email_actions.restore       yes   yes      -     -
email_editor.edit           yes   yes      -     -
email_editor.save           yes   yes      -     -
email_editor.preview        yes   yes      -     -
email_editor.bodies         yes   yes      -     -
email_editor.picture        yes   yes      -     -
email_editor.merge          yes   yes      -     -
campaigns.index             yes   yes      -     yes
campaigns.new               yes   yes      -     -
campaigns.add               yes   yes      -     -
campaigns.plan              yes   yes      -     -
campaigns.save              yes   yes      -     -
campaigns.remove            yes   yes      -     -
campaigns.start             yes   yes      -     -
campaign_watch.show         yes   yes      -     yes
campaign_watch.people       yes   yes      -     yes
campaign_watch.step         yes   yes      -     -
campaign_watch.again        yes   yes      -     -
campaign_preparation.show   yes   yes      -     -
campaign_preparation.people yes   yes      -     yes
own_tests.of_campaign       yes   yes      -     -
own_tests.of_email          yes   yes      -     -
own_tests.show              yes   yes      -     -
why.ask                     yes   yes      -     yes
why.show                    yes   yes      -     yes
images.index                yes   yes      -     yes
images.show                 yes   yes      -     yes
images.add                  yes   yes      -     -
images.describe             yes   yes      -     -
images.remove               yes   yes      -     -
branding.index              yes   yes      -     yes
branding.save               yes   yes      -     -
outbox.index                yes   yes      -     yes
outbox.again                yes   yes      -     -
notices.index               yes   yes      -     yes
notices.again               yes   yes      -     -
tasks.index                 yes   -        yes   -
tasks.add                   yes   -        yes   -
tasks.done                  yes   -        yes   -
tasks.reopen                yes   -        yes   -
booking_week.index          yes   -        yes   yes
bookings.index              yes   -        yes   yes
bookings.act                yes   -        yes   -
calendars.index             yes   -        yes   yes
calendars.show              yes   -        yes   yes
calendars.save              yes   -        yes   -
calendars.feed              yes   -        yes   -
calendars.watch             yes   -        yes   -
flows.index                 yes   yes      -     yes
flows.show                  yes   yes      -     yes
flows.new                   yes   yes      -     -
flows.try_                  yes   yes      -     -
flows.save                  yes   yes      -     -
flows.switch                yes   yes      -     -
flows.remove                yes   yes      -     -
runs.index                  yes   yes      -     yes
runs.again                  yes   yes      -     -
webhooks.index              yes   -        -     -
webhooks.show               yes   -        -     -
webhooks.add                yes   -        -     -
webhooks.change             yes   -        -     -
webhooks.rotate             yes   -        -     -
webhooks.switch             yes   -        -     -
webhooks.test               yes   -        -     -
webhooks.remove             yes   -        -     -
inbox.index                 yes   -        -     -
inbox.first                 yes   -        -     -
inbox.show                  yes   -        -     -
inbox.html                  yes   -        -     -
inbox.source                yes   -        -     -
team.index                  yes   -        -     -
team.invite                 yes   -        -     -
team.invite_again           yes   -        -     -
team.set_role               yes   -        -     -
team.set_active             yes   -        -     -
team.forget_second_step     yes   -        -     -
keys.index                  yes   -        -     -
keys.make                   yes   -        -     -
keys.revoke                 yes   -        -     -
audit.index                 yes   -        -     -
backups.index               yes   -        -     -
backups.resume              yes   -        -     -
account.index               yes   yes      yes   yes
devices.index               yes   yes      yes   yes
devices.add                 yes   yes      yes   yes
devices.test                yes   yes      yes   yes
devices.remove              yes   yes      yes   yes
devices.manifest            yes   yes      yes   yes
account.save                yes   yes      yes   yes
account.change_password     yes   yes      yes   yes
account.second_step         yes   yes      yes   yes
account.switch_on           yes   yes      yes   yes
account.switch_off          yes   yes      yes   yes
account.end_session         yes   yes      yes   yes
session.sign_out            yes   yes      yes   yes
"""
ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # these rules ask the database for nothing


@pytest.fixture
def bare(world: World, tmp_path: Path) -> World:
    """The world without emails: previewing them all takes longer than the rest of this file."""
    apps.close(world.app)
    world.app = apps.over(replace(world.settings, templates_dir=str(tmp_path)), world.store)
    return world


def table() -> dict[str, dict[str, bool]]:
    head, *rows = (line.split() for line in MAY.strip().splitlines())
    return {name: {role: word == "yes" for role, word in zip(head, words, strict=True)} for name, *words in rows}


@ONE_ENGINE
def test_each_role_opens_what_its_job_needs_and_nothing_else(bare: World) -> None:
    """Every route there is, by every role. The order of the table matters at its end: signing out comes last."""
    world = bare
    rules = {rule.endpoint: rule for rule in world.app.url_map.iter_rules() if rule.endpoint not in OPEN | BY_TOKEN}
    assert set(table()) == set(rules), "a new page has a line in the table above"
    for role in ROLES:
        browser = world.member(role)
        token = csrf(browser.get("/account"))
        for endpoint, expected in table().items():
            rule = rules[endpoint]
            with world.app.test_request_context():
                given: dict[str, Any] = {name: ARGUMENTS[name] for name in rule.arguments}
                path = world.app.url_for(endpoint, **given)
            post = "POST" in (rule.methods or ())
            reply = browser.post(path, data={"csrf_token": token}) if post else browser.get(path)
            assert reply.status_code < 500
            assert (reply.status_code != 403) == expected[role], f"{role} {path}"


@ONE_ENGINE
@pytest.mark.parametrize("role", ROLES)
def test_a_page_shows_only_rooms_that_open(bare: World, role: str) -> None:
    browser = bare.member(role)
    rooms = set(re.findall(r'href="(/[a-z]+)"', browser.get("/leads").text.partition("<main")[0]))
    assert {"/leads", "/account"} <= rooms
    assert {path for path in rooms if browser.get(path).status_code != 200} == set()
    assert ("/team" in rooms) == (role == "admin")
    assert ("/outbox" in rooms) == (role != "sales")


def test_the_tables_name_only_what_there_is() -> None:
    access = build().config[ACCESS]
    assert {name for name in access.values() if name != SIGNED_IN} <= set(PERMISSIONS)
    assert all(row.roles <= set(ROLES) and "admin" in row.roles and row.text for row in PERMISSIONS.values())
