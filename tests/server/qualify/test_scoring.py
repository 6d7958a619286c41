"""From answers to a lead, in words a salesperson could check."""

from __future__ import annotations

from server.qualify import scoring, sentences
from server.qualify.scoring import Said

MAY_3 = 1_777_800_000_000


def said(block: str, label: str, at: int = MAY_3, **points: int) -> Said:
    values = {"interest": 0, "need": 0, "urgency": 0, **points}
    return Said(email="diagnosis", block=block, question="¿Qué?", label=label, at=at, **values)


def test_an_urgent_need_with_interest_is_hot() -> None:
    score = scoring.score(
        [said("need", "CRM", need=30), said("when", "Este mes", urgency=50), said("call", "Sí", interest=40)]
    )
    assert (score.interest, score.need, score.urgency, score.worth, score.stage) == (40, 30, 50, 120, "hot")


def test_great_need_without_urgency_is_warm() -> None:
    assert scoring.score([said("need", "CRM", need=90)]).stage == "warm"


def test_no_points_is_cold_and_has_no_reasons() -> None:
    score = scoring.score([said("need", "Nada")])
    assert (score.stage, score.reasons) == ("cold", ())


def test_a_no_takes_points_away_but_never_below_zero() -> None:
    assert scoring.score([said("call", "No", interest=-10)]).interest == 0


def test_ten_small_signs_are_not_worth_more_than_one_clear_one() -> None:
    assert scoring.score([said(f"q{n}", "Sí", need=30) for n in range(10)]).need == scoring.HIGHEST


def test_a_question_asked_again_counts_once_with_its_latest_answer() -> None:
    score = scoring.score([said("need", "CRM", need=30), said("need", "Nada", at=MAY_3 + 1, need=5)])
    assert score.need == 5


def test_several_options_of_one_answer_all_count() -> None:
    assert scoring.score([said("need", "A", need=10), said("need", "B", need=20)]).need == 30


def test_the_strongest_reason_comes_first() -> None:
    score = scoring.score([said("need", "CRM", need=30), said("when", "Este mes", urgency=50)])
    assert [reason.points for reason in score.reasons] == [50, 30]


def test_every_point_has_its_sentence_in_both_languages() -> None:
    reason = scoring.score([said("when", "Este mes", urgency=50)]).reasons[0]._asdict()
    assert sentences.sentence(reason, "es", "3 de mayo") == "El 3 de mayo dijo «Este mes» a «¿Qué?»: urgencia +50"
    assert sentences.sentence(reason, "en", "May 3") == "Said “Este mes” to “¿Qué?” on May 3: urgency +50"


def test_points_taken_away_show_a_minus_sign() -> None:
    reason = scoring.score([said("call", "No", interest=-10)]).reasons[0]._asdict()
    assert sentences.sentence(reason, "en", "May 3").endswith("interest −10")


def test_scoring_can_be_read_by_itself() -> None:
    """It imports nothing of Acto, so that a salesperson can read it from top to bottom."""
    with open(scoring.__file__, encoding="utf-8") as file:
        assert "from server" not in file.read()
