"""Every rule finds its example, says what the handbook prints, and is silent on the mended twin."""

import pytest

from builder import lint
from builder.lint import RULES
from tests.builder.emails import files
from tests.builder.lint import handbook
from tests.builder.lint.variants import VARIANTS, Variant

SECTIONS = handbook.sections()
SHOWN = [section for section in SECTIONS.values() if section.says]


def test_the_handbook_has_a_section_for_every_rule_and_no_other() -> None:
    assert list(SECTIONS) == list(RULES)


def test_every_rule_has_an_example() -> None:
    shown = {section.rule for section in SHOWN} | {variant.rule for variant in VARIANTS}
    assert set(RULES) - shown == {
        "mjml-engine"
    }  # below: nothing is known that lint lets through and the engine refuses


def test_what_only_the_engine_refuses_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> str:
        raise ValueError("unexpected token at 1:2")

    monkeypatch.setattr("mjml.mjml2html", refuse)
    told = lint.check("try", files("<mj-text>Refused once</mj-text>"))
    assert [(p.rule, p.message) for p in told] == [("mjml-engine", "MJML refused the body: unexpected token at 1:2.")]


@pytest.mark.parametrize("name", RULES)
def test_the_handbook_says_what_the_rule_says(name: str) -> None:
    assert SECTIONS[name].head == handbook.head(RULES[name])


@pytest.mark.parametrize("section", SHOWN, ids=lambda section: section.rule)
def test_an_example_of_the_handbook_gives_the_line_it_prints(section: handbook.Section) -> None:
    assert handbook.said(section) == section.says
    assert section.says


@pytest.mark.parametrize("section", SHOWN, ids=lambda section: section.rule)
def test_the_mended_example_has_no_problem_at_all(section: handbook.Section) -> None:
    assert lint.check("try", section.right) == []


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: f"{variant.rule}: {variant.says[:40]}")
def test_a_fault_is_told_with_its_place(variant: Variant) -> None:
    told = [problem for problem in lint.check("try", variant.wrong) if problem.rule == variant.rule]
    assert [(p.file, p.line, p.column, p.message[: len(variant.says)]) for p in told][:1] == [
        (variant.file, *variant.place, variant.says)
    ]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: f"{variant.rule}: {variant.says[:40]}")
def test_a_fault_that_is_mended_is_not_told(variant: Variant) -> None:
    assert lint.check("try", variant.right) == []


def test_a_problem_is_as_grave_as_its_rule_says() -> None:
    for wrong in [*(each.wrong for each in SHOWN), *(each.wrong for each in VARIANTS)]:
        for problem in lint.check("try", wrong):
            assert problem.severity == RULES[problem.rule].severity
            assert problem.message.endswith((".", "!", "?", "…")), problem
            assert problem.fix.endswith((".", "!", "?")), problem
