"""The page an option leads to: GET asks, POST answers."""

from __future__ import annotations

import json

import pytest

from tests.server.world import ROOT, World

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
RECIPIENT_PAGE_MAX_BYTES = 20_000
STATIC = ROOT / "static"


def test_the_page_speaks_the_language_of_its_email_and_marks_the_choice(world: World) -> None:
    page = world.visitor().get(f"/a/{world.token('ana', 'need')}/crm", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert '<html lang="es">' in page.text
    assert "Toca para enviar esta respuesta" in page.text
    assert 'value="crm" data-chosen' in page.text


def test_an_english_email_leads_to_an_english_page(world: World) -> None:
    page = world.visitor().get(f"/a/{world.token('grace', 'need')}/crm", headers={"Accept-Language": "es"})
    assert '<html lang="en">' in page.text
    assert "Tap to send this answer" in page.text


def test_the_page_says_who_answers_without_showing_the_address(world: World) -> None:
    page = world.visitor().get(f"/a/{world.token('ana', 'need')}/crm")
    assert "a***@example.com" in page.text
    assert "ana@example.com" not in page.text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_fetching_every_link_writes_hits_and_changes_nothing(world: World, method: str) -> None:
    for choice in ("crm", "follow_up", "proposals", "numbers"):
        page = world.visitor().open(f"/a/{world.token('ana', 'need')}/{choice}", method=method)
        assert page.status_code == 200
    assert [hit["method"] for hit in world.hits("ana")] == [method] * 4
    assert world.events("ana") == []
    assert world.answer("ana", "need") is None
    assert world.lead("ana") is None


def test_a_person_who_touched_the_page_makes_a_lead_at_once(world: World) -> None:
    reply = world.post("ana", "need", "crm", gesture="pointer")
    assert reply.status_code == 200
    assert "Guardado. ¡Gracias!" in reply.text
    answer, lead = world.answer("ana", "need"), world.lead("ana")
    assert answer and (answer["values"], answer["grade"], answer["state"]) == (["crm"], "gestured", "confirmed")
    assert lead and (lead["need"], lead["interest"], lead["waiting"]) == (30, 10, 0)
    assert json.loads(lead["reasons"])[0]["label"] == "Tener a todos mis clientes en un solo lugar"


def test_without_a_sign_of_a_person_an_answer_waits_and_gives_no_points(world: World) -> None:
    world.post("ana", "need", "crm")
    answer, lead = world.answer("ana", "need"), world.lead("ana")
    assert answer and (answer["grade"], answer["state"]) == ("posted", "provisional")
    assert lead and (lead["worth"], lead["waiting"]) == (0, 1)


def test_a_post_twice_counts_once(world: World) -> None:
    nonce = world.nonce()
    first = world.post("ana", "need", "crm", gesture="touch", nonce=nonce)
    again = world.post("ana", "need", "crm", gesture="touch", nonce=nonce)
    assert (first.status_code, again.status_code) == (200, 200)
    assert len(world.events("ana")) == 1


def test_a_replay_with_another_option_changes_nothing(world: World) -> None:
    nonce = world.nonce()
    world.post("ana", "need", "crm", gesture="touch", nonce=nonce)
    world.post("ana", "need", "numbers", gesture="touch", nonce=nonce)
    answer = world.answer("ana", "need")
    assert answer and answer["values"] == ["crm"]


def test_a_change_of_mind_counts_the_latest_and_keeps_the_history(world: World) -> None:
    world.post("ana", "when", "this_month", gesture="pointer")
    world.post("ana", "when", "someday", gesture="pointer")
    answer, lead = world.answer("ana", "when"), world.lead("ana")
    assert answer and (answer["values"], answer["changes"]) == (["someday"], 1)
    assert lead and lead["urgency"] == 5
    assert [json.loads(event["value"]) for event in world.events("ana")] == [["this_month"], ["someday"]]


def test_a_scanner_that_posts_after_the_person_does_not_overwrite_the_answer(world: World) -> None:
    world.post("ana", "process", "5", gesture="pointer")
    reply = world.post("ana", "process", "1")
    answer = world.answer("ana", "process")
    assert answer and answer["values"] == ["5"]
    assert "Mantuvimos tu respuesta anterior" in reply.text


def test_an_option_that_is_not_the_blocks_is_refused_and_the_question_asked(world: World) -> None:
    reply = world.post("ana", "need", "yes", gesture="pointer")
    assert reply.status_code == 422
    assert "Elige una de estas" in reply.text
    assert world.answer("ana", "need") is None


def test_a_link_to_an_option_that_does_not_exist_asks_the_question(world: World) -> None:
    page = world.visitor().get(f"/a/{world.token('ana', 'need')}/nope")
    assert page.status_code == 404
    assert "Elige una de estas" in page.text


def test_two_answers_to_a_question_that_takes_one_are_refused(world: World) -> None:
    assert world.post("ana", "need", "crm", "numbers", gesture="pointer").status_code == 422


def test_a_post_from_elsewhere_than_our_page_asks_first(world: World) -> None:
    reply = world.visitor().post(f"/a/{world.token('ana', 'need')}", data={"choice": "crm"})
    assert reply.status_code == 400
    assert 'value="crm" data-chosen' in reply.text
    assert world.answer("ana", "need") is None


def strangers_links(world: World) -> dict[str, str]:
    """Links that do not work, each for another reason."""
    good, ninety_one_days = world.token("ana", "need"), 91 * 86_400_000
    return {
        "altered": good[:-5] + ("A" if good[-5] != "A" else "B") + good[-4:],
        "garbage": "garbage",
        "too long": "x" * 5000,
        "expired": world.token("ana", "need", signed_at=world.now - ninety_one_days),
        "of another purpose": world.token("ana", "need", purpose="unsubscribe"),
        "for a block that is not there": world.token("ana", "other"),
        "for a message that is gone": world.keyring.sign(
            "answer", world.people["ana"]["id"], "0" * 20, "need", world.now // 1000
        ),
        "for a person who is gone": world.keyring.sign("answer", "0" * 20, "0" * 20, "need", world.now // 1000),
    }


def test_links_that_do_not_work_look_alike_and_help(world: World) -> None:
    visitor = world.visitor()
    pages = {why: visitor.get(f"/a/{token}/crm") for why, token in strangers_links(world).items()}
    assert {page.status_code for page in pages.values()} == {404}
    assert len({page.data for page in pages.values()}) == 1
    assert "Este enlace ya no funciona" in pages["expired"].text
    posts = {
        visitor.post(f"/a/{token}", data={"choice": "crm", "nonce": "n" * 20}).data
        for token in strangers_links(world).values()
    }
    assert posts == {pages["expired"].data}


def test_a_tap_from_the_script_is_answered_in_json(world: World) -> None:
    reply = world.visitor().post(
        f"/a/{world.token('ana', 'need')}",
        data={"choice": "crm", "nonce": world.nonce(), "gesture": "pointer"},
        headers={"Accept": "application/json"},
    )
    assert reply.json and (reply.json["saved"], reply.json["values"]) == (True, ["crm"])


def test_pages_reached_by_a_token_are_nobodys_to_keep_or_frame(world: World) -> None:
    page = world.visitor().get(f"/a/{world.token('ana', 'need')}/crm")
    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    name, _, rest = page.headers["Set-Cookie"].partition("=")
    assert name.startswith("v-") and "HttpOnly" in rest and "Path=/a/" in rest and "SameSite=Lax" in rest


def test_a_recipients_page_needs_no_script_and_is_small(world: World) -> None:
    page = world.visitor().get(f"/a/{world.token('ana', 'need')}/crm")
    size = len(page.data) + sum((STATIC / file).stat().st_size for file in ("css/recipient.css", "js/ask.js"))
    assert size < RECIPIENT_PAGE_MAX_BYTES
    assert "<form" in page.text
    assert "style=" not in page.text


def test_after_an_answer_the_next_question_is_offered_until_all_are_answered(world: World) -> None:
    for block, choice in (("process", "3"), ("need", "crm"), ("when", "someday")):
        assert '<section class="next">' in world.post("ana", block, choice, gesture="pointer").text
    assert '<section class="next">' not in world.post("ana", "call", "yes", gesture="pointer").text


def test_the_way_out_stands_on_every_page_that_marketing_leads_to(world: World) -> None:
    page = world.visitor().get(f"/a/{world.token('ana', 'need')}/crm")
    assert 'href="/u/' in page.text


def test_the_hit_keeps_what_evidence_needs_and_no_full_address(world: World) -> None:
    world.visitor().get(
        f"/a/{world.token('ana', 'need')}/crm",
        headers={"User-Agent": "Mozilla/5.0", "Sec-Fetch-Mode": "navigate"},
        environ_base={"REMOTE_ADDR": "203.0.113.77"},
    )
    (hit,) = world.hits("ana")
    assert (hit["agent"], hit["network"], hit["choice"]) == ("Mozilla/5.0", "203.0.113.0/24", "crm")
    facts = json.loads(hit["facts"])
    assert facts.pop("visit") and facts == {"Sec-Fetch-Mode": "navigate"}
