"""A hundred lead stories, in a file that a salesperson can read: what was said, and the scores, stage and sentences it gives."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from server.notices.notice_templates import day_of
from server.qualify import scoring, sentences
from server.qualify.scoring import BEHAVED, DAY_MS, STATED, ScoredAnswer, ScoringModel

STORIES = tomllib.loads(Path(__file__).with_name("stories.toml").read_text(encoding="utf-8"))["story"]
DAY_0 = int(datetime(2026, 5, 3, 9, tzinfo=UTC).timestamp() * 1000)


def test_there_are_a_hundred_and_they_end_in_every_stage() -> None:
    assert len(STORIES) == 100
    ends = {line.rpartition(", ")[2] for story in STORIES for line in story["expect"][:1]}
    assert ends == {"hot", "warm", "cold"}


@pytest.mark.parametrize(
    "story", STORIES, ids=[f"{at}-{story['who'].split(',')[0]}" for at, story in enumerate(STORIES)]
)
def test_a_story_ends_as_it_says(story: dict[str, Any]) -> None:
    score = scoring.score([read(line) for line in story["said"]], ScoringModel(), DAY_0 // DAY_MS + story["today"])
    told = [
        f"{row.product}: interest {row.interest}, need {row.need}, urgency {row.urgency}, worth {row.worth}, {row.stage}"
        for row in score.products
    ]
    assert told == story["expect"]
    for language in ("es", "en"):
        said = [sentences.sentence(each._asdict(), language, day_of(each.at, language)) for each in score.reasons]
        assert sorted(said) == sorted(story[language])


def read(line: str) -> ScoredAnswer:
    """`0 | email.block | question | answer | interest 10, need 30 worth hot | product`."""
    day, place, question, answer, points, product = (part.strip() for part in line.split("|"))
    email, _, block = place.partition(".")
    points, _, floor = points.removesuffix(" looked").partition(" worth ")
    pairs = [each.split() for each in points.split(", ") if each != "no points"]
    given = {"interest": 0, "need": 0, "urgency": 0, **{name: int(value) for name, value in pairs}}
    source = BEHAVED if " looked" in line else STATED
    return ScoredAnswer(
        email,
        block,
        question,
        answer,
        **given,
        at=DAY_0 + int(day) * DAY_MS,
        product=product,
        floor=floor,
        source=source,
    )
