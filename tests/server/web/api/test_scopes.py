"""Which key opens what. The table below is written by hand, from what each scope says; the code has its own."""

from __future__ import annotations

import pytest

from server.accounts.api_keys import SCOPES
from server.web.api.table import ENDPOINTS
from tests.server.web.api import program
from tests.server.world import World

OPENS = """
contacts:read     list_contacts get_contact list_segments get_segment count_segment list_segment_people
contacts:write    upsert_contact upsert_contacts create_segment change_segment delete_segment
events:read       list_events
answers:read      list_answers
answers:write     record_answer
leads:read        list_leads get_lead
leads:write       set_owner set_next_step add_note snooze set_outcome set_stage set_tags
tasks:read        list_tasks get_task
tasks:write       add_task set_task_done
bookings:read     list_calendars list_free_times list_bookings get_booking
bookings:write    book move_booking cancel_booking
messages:read     list_messages get_message list_campaigns get_campaign
messages:send     send_message send_again start_campaign pause_campaign resume_campaign stop_campaign take_campaign_back
webhooks:manage   list_webhooks add_webhook get_webhook change_webhook remove_webhook rotate_secret test_webhook list_webhook_calls
"""


def table() -> dict[str, set[str]]:
    return {scope: set(names) for scope, *names in (line.split() for line in OPENS.strip().splitlines())}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_each_scope_opens_what_it_says_and_nothing_else(world: World) -> None:
    assert set().union(*table().values()) == {each.name for each in ENDPOINTS}, "a new endpoint has its place above"
    for scope in SCOPES:
        key = program.made(world, [scope])
        for endpoint in ENDPOINTS:
            reply = key.call(endpoint.name, *("x" for _ in endpoint.arguments), body={} if endpoint.body else None)
            opened = reply.status_code != 403
            assert opened == (endpoint.name in table().get(scope, ())), f"{scope} {endpoint.name}"
            assert reply.status_code < 500


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_endpoint_opens_without_a_key(world: World) -> None:
    world.app.extensions["acto"].limits.pop("api", None)
    for endpoint in ENDPOINTS[:20]:
        reply = program.Program(world, "").call(endpoint.name, *("x" for _ in endpoint.arguments))
        assert reply.status_code == 401
