"""Each rule of style is broken once by a miniature feature, and a clean miniature passes them all."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from portal2fa.clauses import Register, Revision
from portal2fa.outcomes import Clause, Force, NormSection
from tests.features.lints import LINTS, FeatureFile, Suite, parse

LINT = {lint.__name__: lint for lint in LINTS}
MATCHES = Path(__file__).with_name("step_matches.py")

GOOD = """\
@area.email-codes @requires.email-codes
Feature: Sending a code

  A code is worth what its delivery is worth.
  It has to arrive.

  Background:
    Given Ana has an account

  @clause.A-1 @must
  Rule: A code arrives

    Why: without it she is stuck.

    Scenario: It arrives
      When she waits for "the page"
      Then a code arrives

    Scenario Outline: It arrives on <day>
      When she waits on <day>
      Then a code arrives

      Examples:
        | day    |
        | Monday |
        | Sunday |

  @clause.A-3 @norm.ASVS-6.5.1 @should
  Rule: It arrives once

    Why: two codes double the chance of a guess.

    Scenario: One code
      When she waits
      Then one code arrives
"""

MUST = Clause("A-1", "A code arrives.", Force.MUST, "email_codes", "help article", "Nobody gets in.")
ADVICE = Clause("A-3", "One code arrives.", Force.SHOULD, "email_codes", "help article", "Two arrive.")
INFO = Clause("A-2", "A date is shown.", Force.INFO, "help", "help article", "Nothing.", "It is not about a portal.")
NORMS = (
    NormSection("ASVS-6.5.1", "ASVS", "L2", "A code serves once.", "It serves twice."),
    NormSection("ASVS-6.5.2", "ASVS", "L2", "Codes are hashed.", "They are not.", not_observable="nobody looks inside"),
    NormSection("ASVS-6.3.6", "ASVS", "L3", "No mail.", "Mail.", policy="it mails"),
    NormSection("ASVS-6.5.3", "ASVS", "L2", "By chance.", "By rule.", not_looked_at="nobody counts"),
)
TAGS = frozenset({"@area.email-codes", "@requires.email-codes", "@must", "@should", "@norm.ASVS-*", "@journey"})

BAD = [
    ("tags_are_documented", "@requires.email-codes", "@requires.fax"),
    ("tags_are_documented", "@norm.ASVS-6.5.1", "@norm.FOLKLORE-1"),
    ("areas_are_folders", "@area.email-codes", "@area.help"),
    ("areas_are_folders", "@area.email-codes", ""),
    ("clauses_and_forces_stand_at_rules", "    Scenario: One", "    @clause.A-1\n    Scenario: One"),
    ("clauses_and_forces_stand_at_rules", "@requires.email-codes\nFeature", "@must\nFeature"),
    ("rules_have_a_claim_and_a_force", "@clause.A-3 @norm.ASVS-6.5.1 @should", "@should"),
    ("rules_have_a_claim_and_a_force", "@clause.A-1 @must", "@clause.A-1"),
    ("rules_have_a_claim_and_a_force", "@clause.A-1 @must", "@clause.A-1 @must @should"),
    ("rules_have_a_claim_and_a_force", "@clause.A-1 @must", "@clause.A-1 @should"),
    ("rules_have_a_claim_and_a_force", "@clause.A-3 @norm", "@norm"),
    ("norm_tags_are_registered", "@norm.ASVS-6.5.1", "@norm.ASVS-6.5.9"),
    ("norm_tags_are_registered", "@norm.ASVS-6.5.1", "@norm.ASVS-6.5.1 @norm.ASVS-6.5.2"),
    ("norm_tags_are_registered", "@norm.ASVS-6.5.1", "@norm.ASVS-6.5.1 @norm.ASVS-6.3.6"),
    ("norm_tags_are_registered", "@norm.ASVS-6.5.1", "@norm.ASVS-6.5.1 @norm.ASVS-6.5.3"),
    ("norm_tags_are_registered", "@requires.email-codes\nFeature", "@norm.ASVS-6.5.1\nFeature"),
    ("norm_tags_are_registered", "    Scenario: One", "    @norm.ASVS-6.5.2\n    Scenario: One"),
    ("norms_are_covered", " @norm.ASVS-6.5.1", ""),
    ("norms_alone_stand_in_chapters_of_their_own", "@clause.A-3 @norm.ASVS-6.5.1 @should", "@norm.ASVS-6.5.1"),
    ("clause_tags_are_registered", "@clause.A-1", "@clause.A-9"),
    ("clause_tags_are_registered", "@clause.A-1", "@clause.A-1 @clause.A-2"),
    ("clauses_are_covered", "@clause.A-1 @must", "@norm.ASVS-1.1.1 @must"),
    ("clauses_are_covered", "@clause.A-1 @must", "@clause.A-1 @should"),
    ("scenarios_are_short", "      When she waits\n", ""),
    ("scenarios_are_short", "      When she waits\n", "      When she waits\n" + "      And she sighs\n" * 5),
    ("scenarios_assert_something", "Then one code", "And one code"),
    (
        "scenarios_stand_in_rules",
        "  @clause.A-1 @must",
        "  Scenario: Stray\n    Then a code arrives\n\n  @clause.A-1 @must",
    ),
    ("steps_name_no_controls", 'for "the page"', "for the page"),
    ("steps_name_no_controls", "Given Ana has an account", "Given Ana clicks on id=account"),
    ("steps_are_in_the_third_person", "When she waits\n", "When I wait\n"),
    ("features_begin_with_prose", "  It has to arrive.\n", ""),
    ("features_begin_with_prose", "  It has to arrive.\n", "  It has to arrive.\n" * 5),
    ("features_begin_with_prose", "It has to arrive.", "As a user I want it to arrive."),
    ("rules_say_why", "    Why: two codes", "    Two codes"),
    ("rules_say_why", "    Why: two codes", "    Why: one code.\n    Why: two codes"),
    ("names_are_unique", "Scenario: One code", "Scenario: It arrives"),
    ("names_are_unique", "Rule: It arrives once", "Rule: A code arrives"),
    ("outlines_fit_their_examples", "| day    |", "| month  |"),
    ("outlines_fit_their_examples", "| Sunday |", "| Monday |"),
    ("outlines_fit_their_examples", "Scenario: One code", "Scenario: One <colour> code"),
]


def suite_of(text: str, path: str = "email_codes/sending.feature") -> Suite:
    """A suite of one miniature feature, three clauses of which one is excluded, and norms."""
    register = Register((MUST, ADVICE, INFO), {}, Revision(date(2026, 4, 29), "title", "note"), NORMS)
    return Suite((FeatureFile(path, parse(text)),), register, TAGS)


@pytest.mark.parametrize("name", LINT)
def test_a_clean_miniature_passes(name: str) -> None:
    assert list(LINT[name](suite_of(GOOD))) == []


@pytest.mark.parametrize(("name", "good", "bad"), BAD)
def test_a_broken_miniature_is_found(name: str, good: str, bad: str) -> None:
    text = GOOD.replace(good, bad, 1)
    assert text != GOOD
    assert list(LINT[name](suite_of(text)))


def test_every_lint_has_a_miniature_that_breaks_it() -> None:
    assert {name for name, _, _ in BAD} == set(LINT)


@pytest.mark.parametrize("what", ["    Scenario: One code", "      Examples:"])
def test_a_norm_may_be_named_where_only_some_of_a_rule_proves_it(what: str) -> None:
    text = GOOD.replace(" @norm.ASVS-6.5.1", "").replace(what, f"    @norm.ASVS-6.5.1\n{what}")
    assert list(LINT["norms_are_covered"](suite_of(GOOD.replace(" @norm.ASVS-6.5.1", ""))))
    assert not list(LINT["norms_are_covered"](suite_of(text)))
    assert not list(LINT["norm_tags_are_registered"](suite_of(text)))


def test_a_rule_of_a_clause_does_not_stand_among_the_norms() -> None:
    lint = LINT["norms_alone_stand_in_chapters_of_their_own"]
    assert list(lint(suite_of(GOOD, "security/sending.feature")))
    norms = GOOD.replace("@clause.A-1 @must", "@norm.ASVS-6.5.1").replace("@clause.A-3 ", "").replace(" @should", "")
    assert not list(lint(suite_of(norms, "security/sending.feature")))


def test_a_journey_may_be_twice_as_long() -> None:
    long = GOOD.replace("      When she waits\n", "      When she waits\n" + "      And she sighs\n" * 9)
    assert list(LINT["scenarios_are_short"](suite_of(long)))
    journey = long.replace("    Scenario: One", "    @journey\n    Scenario: One")
    assert not list(LINT["scenarios_are_short"](suite_of(journey)))


def definitions(*lines: str) -> str:
    """The text of a step file that defines `lines`, each a keyword and a pattern."""
    text = "from behave import given, when, then\n"
    for number, line in enumerate(lines):
        keyword, _, pattern = line.partition(" ")
        text += f"\n@{keyword}('{pattern}')\ndef step_{number}(context, **words):\n    pass\n"
    return text


@pytest.mark.parametrize(
    ("extra", "complaint"),
    [
        ((), "one code arrives' is not defined"),
        (("then one code {verb}", "then one {thing} arrives"), "one code arrives' is defined at"),
        (("then one code {verb}",), ""),
    ],
)
def test_a_step_with_no_definition_or_two_is_found(tmp_path: Path, extra: tuple[str, ...], complaint: str) -> None:
    common = ("given Ana has an account", "when she waits", "when she waits {how}", "then a code arrives")
    for name, text in (("features/a.feature", GOOD), ("steps/a.py", definitions(*common, *extra))):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    done = subprocess.run([sys.executable, str(MATCHES), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == (1 if complaint else 0), done.stderr
    assert complaint in done.stdout
