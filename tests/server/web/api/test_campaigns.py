"""A program sends to many people, watches, and stops."""

from __future__ import annotations

from server.campaigns import expanding
from tests.server.web.api.program import Program
from tests.server.world import World

EVERYBODY = {"email": "diagnosis", "audience": {"everybody": True}}


def test_a_program_starts_a_campaign_watches_it_and_stops_it(world: World, crm: Program) -> None:
    made = crm.call("start_campaign", body=EVERYBODY)
    assert (made.status_code, made.json["state"], made.json["people"]) == (202, "scheduled", 2)
    campaign = made.json["id"]
    expanding.advance(world.store, world.settings, world.now + 10 * 60_000)
    assert crm.call("get_campaign", campaign).json["state"] == "sending"
    assert crm.call("take_campaign_back", campaign).status_code == 409
    for word, state in (("pause", "paused"), ("resume", "sending"), ("stop", "stopped")):
        assert crm.call(f"{word}_campaign", campaign).json["state"] == state
    assert [each["id"] for each in crm.call("list_campaigns").json["data"]] == [campaign]


def test_a_campaign_to_nobody_or_at_no_time_is_refused_and_leaves_nothing_behind(crm: Program) -> None:
    for wrong, words in (
        ({"audience": {"unanswered": "none"}}, "Nobody belongs"),
        ({"audience": {"sql": "1"}}, "not clear who"),
        ({"audience": {"unanswered": "x", "segment": "y"}}, "not clear who"),
        ({"audience": {"rule": {"all": []}, "as_of": "x"}}, "not clear who"),
        ({"timing": "at", "starts_on": "9999-12-31T23:59"}, "Write the day"),
        ({"timing": "at", "starts_on": "tomorrow"}, "Write the day"),
        ({"email": "nothing"}, "nothing"),
    ):
        refused = crm.call("start_campaign", body={**EVERYBODY, **wrong})
        assert refused.status_code == 409
        assert words in refused.json["detail"]
    assert crm.call("list_campaigns").json["data"] == []


def test_blank_subjects_and_a_time_that_is_not_needed_do_no_harm(crm: Program) -> None:
    for more in ({"subject": {"es": ""}}, {"timing": "now", "starts_on": "2026-12-01T09:00"}):
        assert crm.call("start_campaign", body={**EVERYBODY, **more}).status_code == 202
