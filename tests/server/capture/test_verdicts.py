"""Who gave an answer: each rule on the smallest story that it is about."""

from __future__ import annotations

from typing import Any

import pytest

from server.capture.observation import Observation
from server.capture.rules import WEIGHTS, Rules
from server.capture.verdicts import Around, Verdict, judge
from server.web import signs

SENT = 1_800_000_000_000
LATER = SENT + 3_600_000  # long after scanners come
CHROME = "Mozilla/5.0 Chrome/131.0"
AROUND = Around(SENT, frozenset({"need", "call"}))
PERSON = {"dwell": "2000", "visible": "1"}


def hit(seconds: float, method: str = "GET", choice: str = "crm", **changes: Any) -> Observation:
    known: dict[str, Any] = {
        "purpose": "answer",
        "block": "need",
        "agent": CHROME,
        "network": "203.0.113.0/24",
        "nonce": "",
        "gesture": "",
        "channel": "page",
        "vouched": "",
        "facts": {},
        **changes,
    }
    return Observation(LATER + round(seconds * 1000), method, choice=choice, **known)


def tap(seconds: float, choice: str = "crm", **changes: Any) -> Observation:
    return hit(seconds, "POST", choice, **{"gesture": "pointer", "facts": PERSON, **changes})


def judged(*hits: Observation, around: Around = AROUND, rules: Rules = Rules()) -> Verdict:  # noqa: B008 - it is immutable
    """The verdict of the last."""
    return judge(hits, around, rules)[-1]


def names(verdict: Verdict) -> list[str]:
    return [name for name, _ in verdict.signs]


def test_a_person_opens_one_link_and_touches_its_page() -> None:
    assert judged(hit(0), tap(3)).name == "person"


def test_a_post_without_any_sign_leaves_it_open() -> None:
    assert judged(hit(0), hit(3, "POST")).name == "undecided"


def test_several_exclusive_options_within_seconds_are_a_machine_and_the_numbers_are_said() -> None:
    opened = [
        hit(place / 2, choice=choice) for place, choice in enumerate(("crm", "numbers", "proposals", "follow_up"))
    ]
    verdict = judged(*opened, tap(3))
    assert verdict.name == "machine"
    assert verdict.signs[0] == ("options_burst", {"options": 4, "links": 4, "seconds": 2})


def test_a_gateway_that_sweeps_at_the_delivery_and_again_at_the_click_is_seen_both_times() -> None:
    def sweep(at: float) -> list[Observation]:
        opened = [hit(at + place / 4, choice=choice) for place, choice in enumerate(("crm", "numbers", "proposals"))]
        return [*opened, hit(at + 2, "POST")]

    verdict = judged(*sweep(0), *sweep(900))
    assert (verdict.name, names(verdict)[0]) == ("machine", "options_burst")


def test_the_first_answer_of_a_burst_is_seen_through_by_what_follows_it() -> None:
    first = [hit(0), tap(2)]
    assert judge(first, AROUND, Rules())[-1].name == "person"
    assert judge([*first, hit(4, choice="numbers"), hit(8, choice="proposals")], AROUND, Rules())[1].name == "machine"


def test_a_change_of_mind_at_a_persons_pace_is_a_persons() -> None:
    assert judged(hit(0), tap(2), hit(7, choice="numbers"), tap(9, "numbers")).name == "person"


def test_another_visitors_burst_does_not_touch_a_person() -> None:
    swept = [hit(place / 3, choice=choice, network="198.51.100.0/24") for place, choice in enumerate("abcdef")]
    assert judged(*swept, hit(3), tap(4)).name == "person"


def test_three_links_within_ten_seconds_with_the_unsubscribe_among_them_are_a_machine() -> None:
    opened = [hit(0), hit(4, block="call", choice="yes"), hit(8, purpose="unsubscribe", block="", choice="")]
    assert "sweep" in names(judged(*opened))
    assert judged(*opened).name == "machine"


def test_many_networks_at_many_links_are_a_machine_and_at_one_link_a_gateway() -> None:
    networks = [f"198.51.{place}.0/24" for place in range(5)]
    many = [hit(place * 15, choice="ab"[place % 2], network=network) for place, network in enumerate(networks)]
    assert "networks" in names(judged(*many))
    same = [hit(place * 15, network=network) for place, network in enumerate(networks)]
    assert "networks" not in names(judged(*same))


def test_a_gateway_that_fetches_the_very_link_at_the_click_is_harmless() -> None:
    gateway = {"network": "40.94.1.0/24", "agent": "Mozilla/5.0 Gateway"}
    assert judged(hit(0, "HEAD", **gateway), hit(0.2, **gateway), hit(1), tap(2)).name == "person"


def test_a_script_that_posts_another_option_after_the_person_is_the_machine_of_the_two() -> None:
    scanner = {"network": "40.94.1.0/24"}
    story = [hit(0), tap(2), hit(8, **scanner), hit(9, "POST", "numbers", facts={"dwell": "900"}, **scanner)]
    assert [verdict.name for verdict in judge(story, AROUND, Rules()) if verdict.name != "undecided"] == [
        "person",
        "machine",
    ]


def test_of_two_that_contradict_each_other_the_one_that_strayed_from_its_link_is_doubted() -> None:
    first = {"network": "40.94.1.0/24"}
    story = [hit(0, **first), tap(1, "numbers", **first), hit(2), tap(4)]
    assert [verdict.name for verdict in judge(story, AROUND, Rules())][1::2] == ["undecided", "person"]


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({"facts": {**PERSON, "webdriver": "1"}}, "webdriver"),
        ({"gesture": "", "facts": {"dwell": "300"}}, "script_only"),
        ({"gesture": "", "agent": ""}, "no_agent"),
        ({"gesture": "", "agent": "Slackbot-LinkExpanding 1.0"}, "named"),
        ({"gesture": "", "facts": {"Sec-Purpose": "prefetch"}}, "prefetch"),
    ],
)
def test_one_hit_that_gives_itself_away_is_a_machines(changes: dict[str, Any], sign: str) -> None:
    verdict = judged(tap(3, **changes))
    assert (verdict.name, sign in names(verdict)) == ("machine", True)


def test_who_asks_for_headers_alone_and_then_posts_is_a_machine() -> None:
    assert judged(hit(0, "HEAD"), hit(1), hit(2, "POST")).name == "machine"


def test_a_page_that_answered_by_itself_is_no_script_of_a_scanner() -> None:
    assert judged(hit(0), hit(2, "POST", facts={"dwell": "1500", "visible": "1", "self": "1"})).name == "undecided"


def test_thirty_colleagues_are_one_and_a_network_with_mail_of_ten_companies_is_suspect() -> None:
    posted = [hit(0), hit(3, "POST")]
    assert "crowd" not in names(judged(*posted, around=AROUND._replace(crowds={"203.0.113.0/24": 1})))
    assert "crowd" in names(judged(*posted, around=AROUND._replace(crowds={"203.0.113.0/24": 10})))
    assert "crowd" not in names(judged(hit(0), tap(3), around=AROUND._replace(crowds={"203.0.113.0/24": 99})))


def test_a_program_in_a_browsers_clothes_shows_only_where_browsers_send_their_headers() -> None:
    early = AROUND._replace(sent_at=LATER - 60_000)
    assert judged(hit(0), hit(1, "POST"), around=early, rules=Rules(https=True)).name == "machine"
    assert judged(hit(0), hit(1, "POST"), around=early).name == "undecided"


def test_a_telephone_of_the_maker_cubot_is_no_bot() -> None:
    assert judged(hit(0), tap(2, agent="Mozilla/5.0 (Linux; Android 13; CUBOT_X50)")).name == "person"


def test_what_a_mail_client_vouches_for_is_a_persons_whatever_else_happens() -> None:
    assert judged(*(hit(n / 9, choice=c) for n, c in enumerate("abcdef")), tap(1, vouched="amp")).name == "person"


def test_every_sign_has_its_words() -> None:
    assert set(signs.WORDS) == {*WEIGHTS, "vouched", "overruled"}
