"""What people answered, question by question: it is the option that counts, in whatever words it was chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from server.reports import answers
from server.reports.answers import Question
from server.sending import send
from tests.server.world import World

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersTotalsRow

TOPICS = """<mjml><mj-body><mj-section><mj-column>
<mj-text>Hola</mj-text>
<ac-choose name="topics" pick="many" question="¿Qué temas te sirven?">
  <ac-option value="sales">Ventas</ac-option>
  <ac-option value="stock">Inventario</ac-option>
  <ac-option value="people">Equipo</ac-option>
</ac-choose>
<mj-text><a href="{{ acto.unsubscribe_url }}">Darme de baja</a> {{ sender.postal_address }}</mj-text>
</mj-column></mj-section></mj-body></mjml>"""
ABOUT = """class = "marketing"
topic = "consulting"
stream = "marketing"
subject = { es = "¿Qué temas te sirven?" }
preheader = { es = "Un toque." }
[brief]
do = "Choose topics"
learn = "What to write about"
then = "The next letter is about them"
"""


def test_a_yes_in_spanish_and_a_yes_in_english_are_one_answer_in_the_words_of_the_reader(world: World) -> None:
    world.post("ana", "call", "yes", gesture="pointer")
    world.post("grace", "call", "yes", gesture="pointer")
    assert _shown(world, "call", "es") == {"Sí, hablemos": 2, "Ahora no": 0}
    assert _shown(world, "call", "en") == {"Yes, let’s talk": 2, "Not now": 0}
    assert _question(world, "call", "en").question == "Shall we talk for 20 minutes?"


def test_a_scale_stands_in_its_order_with_what_nobody_chose(world: World) -> None:
    world.post("grace", "process", "5", gesture="pointer")
    world.post("ana", "process", "2", gesture="pointer")
    assert list(_shown(world, "process", "en").items()) == [
        ("1 star", 0),
        ("2 stars", 1),
        ("3 stars", 0),
        ("4 stars", 0),
        ("5 stars", 1),
    ]


def test_who_chooses_several_counts_once_for_each_and_once_as_a_person(world: World, tmp_path: Path) -> None:
    _ask_about_topics(world, tmp_path)
    world.post("ana", "topics", "sales", "people", gesture="pointer")
    world.post("grace", "topics", "people", gesture="pointer")
    assert _shown(world, "topics", "es") == {"Ventas": 1, "Inventario": 0, "Equipo": 2}
    assert _question(world, "topics", "es").people == 2


def test_who_gets_the_same_email_again_counts_with_the_later_answer(world: World) -> None:
    world.post("ana", "when", "this_month", gesture="pointer")
    _send(world, Path(world.settings.templates_dir) / "diagnosis")
    world.post("ana", "when", "someday", gesture="pointer")
    assert _shown(world, "when", "es") == {"Este mes": 0, "En los próximos tres meses": 0, "Más adelante, sin prisa": 1}
    assert _question(world, "when", "es").people == 1


def test_an_answer_that_waits_is_counted_apart(world: World) -> None:
    world.post("ana", "call", "yes")
    question = _question(world, "call", "es")
    assert (question.people, question.waiting) == (0, 1)
    assert not any(total.people for total in question.totals.values())


def test_a_report_that_was_kept_names_an_option_by_its_value_when_nobody_stands_behind_it_any_more(
    world: World,
) -> None:
    kept: AnswersTotalsRow = {"block": "need", "state": "confirmed", "value": '["gone"]', "total": 1}
    with world.store.read() as tx:
        (need,) = answers.by_question(tx, "diagnosis", [kept])
    assert (need.question, need.totals["gone"].label) == ("", "gone")


def test_what_people_wrote_themselves_is_one_total(world: World, tmp_path: Path) -> None:
    asked = '<ac-answer name="more" question="¿Algo más?" limit="200" />'
    _ask_about_topics(world, tmp_path, TOPICS.replace("<mj-text><a", asked + "<mj-text><a"))
    world.post("ana", "more", "Llamen el martes", gesture="pointer")
    world.post("grace", "more", "Escríbanme", gesture="pointer")
    assert _shown(world, "more", "es") == {"": 2}
    with world.store.read() as tx:
        assert [row["value"] for row in answers.totals(tx, "topics")] == ['[""]']


def test_questions_stand_in_the_order_of_the_email_and_only_when_answered(world: World) -> None:
    for block, choice in (("call", "no"), ("when", "someday"), ("process", "3")):
        world.post("ana", block, choice, gesture="pointer")
    with world.store.read() as tx:
        questions = answers.by_question(tx, "diagnosis", answers.totals(tx, "diagnosis"))
    assert [question.block for question in questions] == ["when", "process", "call"]


def test_the_page_shows_them_in_the_language_of_the_reader(world: World) -> None:
    world.post("ana", "call", "yes", gesture="pointer")
    page = world.admin().get("/answers", headers={"Accept-Language": "en"}).text
    assert "Shall we talk for 20 minutes?" in page
    assert "Yes, let’s talk" in page


def _question(world: World, block: str, language: str) -> Question:
    with world.store.read() as tx:
        (email,) = answers.emails(tx)
        questions = answers.by_question(tx, email, answers.totals(tx, email), language)
    return next(each for each in questions if each.block == block)


def _shown(world: World, block: str, language: str) -> dict[str, int]:
    return {total.label: total.people for total in _question(world, block, language).totals.values()}


def _ask_about_topics(world: World, folder: Path, body: str = TOPICS) -> None:
    email = folder / "topics"
    email.mkdir()
    for name, text in (("email.toml", ABOUT), ("body.mjml", body), ("sample.json", '{"person": {}, "data": {}}')):
        (email / name).write_text(text, encoding="utf-8")
    _send(world, email)


def _send(world: World, folder: Path) -> None:
    """To everybody, who from now on answer this one."""
    send.queue(world.store, send.check(world.settings, folder), list(world.people.values()), world.now + 1)
    with world.store.read() as tx:
        for name, person in world.people.items():
            world.sent[name] = tx.messages.of_contact(contact_id=person["id"])[0]
