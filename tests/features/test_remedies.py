"""Whatever can fail in a portal has a remedy in its register: one plain sentence, and none is there twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa.clauses import Register, load_register

FEATURES = Path(__file__).resolve().parents[2] / "features"


@pytest.fixture(scope="module")
def register() -> Register:
    """Clauses and norms of the checkout."""
    return load_register(FEATURES / "clauses.toml")


def complaints(register: Register) -> Iterator[str]:
    """What is wrong with the remedies of `register`."""
    known = [(clause.id, clause.remedy, clause.exclusion) for clause in register.clauses]
    known += [(section.id, section.remedy, section.unproven) for section in register.norms]
    texts = [text for _, text, _ in known if text]
    for name, text, excuse in known:
        if bool(text) == bool(excuse):
            yield f"{name} {'cannot fail in a portal and has' if excuse else 'has no'} remedy"
        if text and (not text.endswith(".") or ". " in text):
            yield f"{name}: the remedy is not one sentence"
        if texts.count(text) > 1:
            yield f"{name}: the remedy is there twice"


def test_what_can_fail_has_a_remedy_of_its_own(register: Register) -> None:
    assert list(complaints(register)) == []


@pytest.mark.parametrize(
    ("of", "remedy", "said"),
    [
        ("TOTP-4", "", "TOTP-4 has no remedy"),
        ("HELP-5", "Answer.", "HELP-5 cannot fail in a portal and has remedy"),
        ("TOTP-4", "Wait. Then go on.", "TOTP-4: the remedy is not one sentence"),
        ("ASVS-6.5.1", "", "ASVS-6.5.1 has no remedy"),
        ("ASVS-6.5.2", "Hash it.", "ASVS-6.5.2 cannot fail in a portal and has remedy"),
        ("ASVS-6.3.6", "Mail none.", "ASVS-6.3.6 cannot fail in a portal and has remedy"),
    ],
)
def test_a_wrong_remedy_is_found(register: Register, of: str, remedy: str, said: str) -> None:
    clauses = tuple(replace(clause, remedy=remedy) if clause.id == of else clause for clause in register.clauses)
    norms = tuple(replace(section, remedy=remedy) if section.id == of else section for section in register.norms)
    assert list(complaints(replace(register, clauses=clauses, norms=norms))) == [said]


def test_a_remedy_that_is_there_twice_is_found_at_both(register: Register) -> None:
    first = register.clauses[0].remedy
    norms = (replace(register.norms[0], remedy=first), *register.norms[1:])
    found = list(complaints(replace(register, norms=norms)))
    assert found == [f"{name}: the remedy is there twice" for name in (register.clauses[0].id, register.norms[0].id)]
