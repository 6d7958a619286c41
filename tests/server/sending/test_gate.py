"""The gate: what may leave, and which rule says no."""

from dataclasses import replace

import pytest

from server import reasons
from server.sending import gate
from server.sending.gate import Facts, Go, Stop, Wait

FINE = Facts("marketing", frozenset(), "Calle 1, Bogotá", "https://mail.example.com", 0)


def test_lawful_marketing_leaves() -> None:
    assert gate.decide(FINE) == Go()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"suppressed": frozenset({"marketing"})}, "suppressed_marketing"),
        ({"suppressed": frozenset({"all"})}, "suppressed_all"),
        ({"postal_address": " "}, "no_postal_address"),
        ({"base_url": "http://mail.example.com"}, "insecure_base_url"),
        ({"base_url": "http://127.0.0.1.example.com"}, "insecure_base_url"),
    ],
)
def test_unlawful_marketing_is_stopped_by_the_rule_that_forbids_it(change: dict[str, object], rule: str) -> None:
    assert gate.decide(replace(FINE, **change)) == Stop(rule, rule)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "base_url", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000", "http://a.localhost"]
)
def test_on_the_own_machine_https_is_not_asked_for(base_url: str) -> None:
    assert gate.decide(replace(FINE, base_url=base_url)) == Go()


def test_transactional_mail_ignores_marketing_opt_outs_but_never_writes_to_a_dead_address() -> None:
    order = replace(FINE, mail_class="transactional", postal_address="", base_url="http://mail.example.com")
    assert gate.decide(replace(order, suppressed=frozenset({"marketing"}))) == Go()
    assert gate.decide(replace(order, suppressed=frozenset({"all"}))) == Stop("suppressed_all", "suppressed_all")


def test_a_rule_can_ask_to_wait_until_its_moment_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = gate.Rule("later", gate.MARKETING, lambda facts: 500, "a test")
    monkeypatch.setattr(gate, "WAITS", (rule,))
    assert gate.decide(replace(FINE, now=499)) == Wait(500, "later")
    assert gate.decide(replace(FINE, now=500)) == Go()


def test_every_reason_has_a_sentence_in_both_languages_and_every_rule_its_source() -> None:
    for name in reasons.REASONS:
        for language in ("es", "en"):
            said = reasons.sentence(reasons.reason(name, "550 no such user"), language)
            assert said
            assert "{" not in said
    for rule in gate.RULES:
        assert rule.source
        assert rule.name in reasons.REASONS


def test_what_a_server_says_is_kept_on_one_line_and_not_for_ever() -> None:
    stored = reasons.reason("refused", "550 a\r\nb {x} " + "c" * 5000)
    assert "\n" not in stored
    assert len(stored) < 600
    assert "a b {x}" in reasons.sentence(stored)
    assert reasons.sentence("") == ""
    assert reasons.sentence("words of an older version") == "words of an older version"
