"""From answers to a lead, in words a salesperson could check."""

from __future__ import annotations

from typing import Any

from server.qualify import scoring, sentences
from server.qualify.scoring import BEHAVED, Score, ScoredAnswer, ScoringModel

MAY_3 = 1_777_800_000_000
DAY = scoring.DAY_MS
OURS = scoring.ScoringModel()


def scored(*said: ScoredAnswer, days: int = 0, table: ScoringModel = OURS) -> Score:
    """As of so many days after 3 May."""
    return scoring.score(said, table, MAY_3 // DAY + days)


def said(
    block: str, label: str, at: int = MAY_3, product: str = "", floor: str = "", source: str = "stated", **points: int
) -> ScoredAnswer:
    values: Any = {
        "interest": 0,
        "need": 0,
        "urgency": 0,
        "product": product,
        "floor": floor,
        "source": source,
        **points,
    }
    return ScoredAnswer(email="diagnosis", block=block, question="¿Qué?", label=label, at=at, **values)


def test_an_urgent_need_with_interest_is_hot() -> None:
    score = scored(said("need", "CRM", need=30), said("when", "Este mes", urgency=50), said("call", "Sí", interest=40))
    assert (score.interest, score.need, score.urgency, score.worth, score.stage) == (40, 30, 50, 120, "hot")


def test_great_need_without_urgency_is_warm() -> None:
    assert scored(said("need", "CRM", need=90)).stage == "warm"


def test_no_points_is_cold_and_has_no_reasons() -> None:
    score = scored(said("need", "Nada"))
    assert (score.stage, score.reasons) == ("cold", ())


def test_a_no_takes_points_away_but_never_below_zero() -> None:
    assert scored(said("call", "No", interest=-10)).interest == 0


def test_ten_small_signs_are_not_worth_more_than_one_clear_one() -> None:
    assert scored(*[said(f"q{n}", "Sí", need=30) for n in range(10)]).need == scoring.HIGHEST


def test_a_question_asked_again_counts_once_with_its_latest_answer() -> None:
    score = scored(said("need", "CRM", need=30), said("need", "Nada", at=MAY_3 + 1, need=5))
    assert score.need == 5


def test_several_options_of_one_answer_all_count() -> None:
    assert scored(said("need", "A", need=10), said("need", "B", need=20)).need == 30


def test_the_strongest_reason_comes_first() -> None:
    score = scored(said("need", "CRM", need=30), said("when", "Este mes", urgency=50))
    assert [reason.points for reason in score.reasons] == [50, 30]


def test_every_point_has_its_sentence_in_both_languages() -> None:
    reason = scored(said("when", "Este mes", urgency=50)).reasons[0]._asdict()
    assert sentences.sentence(reason, "es", "3 de mayo") == "El 3 de mayo dijo «Este mes» a «¿Qué?»: urgencia +50"
    assert sentences.sentence(reason, "en", "May 3") == "Said “Este mes” to “¿Qué?” on May 3: urgency +50"


def test_points_taken_away_show_a_minus_sign() -> None:
    reason = scored(said("call", "No", interest=-10)).reasons[0]._asdict()
    assert sentences.sentence(reason, "en", "May 3").endswith("interest −10")


def test_points_fade_by_half_in_every_half_life_and_the_sentence_says_what_they_were() -> None:
    soon = said("when", "Este mes", urgency=50)
    assert [scored(soon, days=days).urgency for days in (0, 1, 30, 60, 365)] == [50, 49, 25, 13, 0]
    reason = scored(soon, days=30).reasons[0]._asdict()
    assert sentences.sentence(reason, "es", "3 de mayo").endswith("urgencia +25 (eran +50)")
    assert sentences.sentence(reason, "en", "May 3").endswith("urgency +25 (+50 on that day)")


def test_a_no_fades_as_a_yes_does() -> None:
    assert scored(said("call", "No", interest=-10), days=90).reasons[0].points == -5


def test_each_product_has_its_own_scores_and_the_lead_is_worth_what_the_best_is() -> None:
    score = scored(said("a", "CRM", product="crm", need=40, urgency=40), said("b", "Curso", product="course", need=30))
    assert [(row.product, row.worth, row.stage) for row in score.products] == [
        ("crm", 80, "hot"),
        ("course", 30, "warm"),
    ]
    assert (score.product, score.worth, score.stage) == ("crm", 80, "hot")


def test_looking_is_worth_a_little_however_much_somebody_looks() -> None:
    parts = [said(f"part{n}", "Precios", source=BEHAVED, interest=15) for n in range(5)]
    assert scored(*parts).interest == OURS.behaviour_most


def test_looking_adds_nothing_for_who_said_no_to_the_same_product() -> None:
    looked = said("part", "Precios", source=BEHAVED, product="crm", interest=15)
    assert scored(looked, said("call", "No", product="crm", interest=-5)).interest == 0
    assert scored(looked, said("call", "No", product="course", interest=-5)).interest == 15


def test_one_answer_may_be_worth_a_stage_by_itself_for_a_while() -> None:
    call = said("call", "Llámenme ya", floor="hot")
    assert (scored(call).stage, scored(call).worth) == ("hot", 80)
    assert scored(call, days=OURS.floor_days).stage == "hot"
    assert scored(call, days=OURS.floor_days + 1).stage == "cold"
    assert sentences.sentence(scored(call).reasons[0]._asdict(), "es", "3 de mayo").endswith(
        "por sí solo vale «caliente»"
    )


def test_a_floor_never_makes_a_lead_less() -> None:
    assert scored(said("when", "Ya", need=60, urgency=60), said("call", "Sí", floor="warm")).stage == "hot"


def test_another_table_is_another_stage_with_the_same_reasons() -> None:
    lead = scored(said("need", "CRM", need=50))
    strict = OURS._replace(
        stages=(scoring.Stage("hot", 90, 30), scoring.Stage("warm", 60, 0), scoring.Stage("cold", 0, 0))
    )
    assert (lead.stage, scoring.again(lead.reasons, strict, MAY_3 // DAY).stage) == ("warm", "cold")


def test_scoring_can_be_read_by_itself() -> None:
    """It imports nothing of Acto, so that a salesperson can read it from top to bottom."""
    with open(scoring.__file__, encoding="utf-8") as file:
        assert "from server" not in file.read()


def test_what_somebody_only_looked_at_is_no_reason_to_call_once_they_said_no_to_it() -> None:
    looked = {"product": "crm", "source": "behaved", "points": 20, "floor": ""}
    no = {"product": "crm", "source": "stated", "points": -10, "floor": ""}
    assert scoring.strongest([looked]) == looked
    assert scoring.strongest([looked, no]) == no
    assert scoring.strongest([{**looked, "product": "training"}, no])["product"] == "training"
