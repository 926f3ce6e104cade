"""The register loads, says where it is wrong, and feature files become prose and a list of scenarios."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from behave.parser import parse_feature

from portal2fa.clauses import (
    CHAPTERS,
    differs,
    load_register,
    normalise_label,
    read_features,
    read_scenarios,
    suite_digest,
)
from portal2fa.errors import ProfileError, UsageError
from portal2fa.outcomes import Force

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "features" / "clauses.toml"

SMALL = """\
[revision]
date = 2026-04-29
title = "How to"
note = "A note."

[labels]
enable = { text = "Click Here to Enable", clause = "NAV-9", also = ["Enable it"] }

[[clause]]
id = "NAV-9"
paraphrase = "It can be turned on."
force = "must"
chapter = "help"
source = "help article"
means = "Nobody can."
"""

ONE_CLAUSE = SMALL[SMALL.index("[[clause]]") :]

OUTLINE = """\
@area.help @requires.mail
Feature: Asking

  First paragraph,
    indented.

  Second paragraph.

  @clause.EMAIL-5b @must @needs.clock
  Rule: It is answered

    Why: silence helps nobody.

    Also: a second line.

    @class.active
    Scenario Outline: An answer to <who>
      When <who> asks
      Then there is an answer

      @class.destructive @needs.clock
      Examples:
        | who |
        | Ana |
        | Ben |

      Examples: others
        | who |
        | Cem |

    Scenario Outline: No name in the name
      Then <who> waits

      Examples:
        | who |
        | Ana |

    Scenario: Plain, and done!
      Then there is an answer
"""


def write(folder: Path, name: str, text: str) -> Path:
    """Write `text` to `name` below `folder` and return its path."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_the_register_holds_all_clauses_with_the_forces_they_are_documented_to_have() -> None:
    clauses = load_register(REGISTER).clauses
    assert Counter(clause.force for clause in clauses) == {
        Force.MUST: 33,
        Force.SHOULD: 8,
        Force.IMPLIED: 12,
        Force.INFO: 2,
    }
    assert [clause.id for clause in clauses if clause.exclusion] == ["HELP-5", "META-1"]


def test_each_paraphrase_and_meaning_is_one_sentence_and_none_is_there_twice() -> None:
    texts = [text for clause in load_register(REGISTER).clauses for text in (clause.paraphrase, clause.means)]
    assert [text for text in texts if not text.endswith(".") or ". " in text] == []
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("noun", ["backup code", "secret", "address"])
def test_a_clause_names_what_its_scenarios_judge_first(noun: str) -> None:
    """What a reader sees beside a failure is the clause: one that speaks of something else looks like a mistake."""
    register = load_register(REGISTER)
    rows = [row for row in read_scenarios(REGISTER.parent) if row.feature != "journey.feature"]
    first = [(row.clauses, next(step.text for step in row.steps if step.observes)) for row in rows]
    judging = {clause for clauses, text in first if noun in text for clause in clauses}
    assert judging
    assert [clause for clause in sorted(judging) if noun not in register.clause(clause).paraphrase] == []


def test_the_clause_on_codes_of_another_time_speaks_of_both_places_where_they_are_tried() -> None:
    places = {row.feature for row in read_scenarios(REGISTER.parent) if "PRE-2" in row.clauses}
    assert places == {"time_based_tokens/authenticator_app.feature", "time_based_tokens/signing_in.feature"}
    assert "in the set-up and at sign-in" in load_register(REGISTER).clause("PRE-2").paraphrase


def test_the_documented_wordings_belong_to_the_clauses_that_quote_them() -> None:
    register = load_register(REGISTER)
    assert {key: label.clause for key, label in register.labels.items()} == {
        "client_area": "NAV-1",
        "security_settings": "NAV-6",
        "two_factor": "NAV-8",
        "enable": "NAV-9",
        "time_based": "METH-2",
        "email": "METH-3",
        "get_started": "METH-7",
        "authorization_code": "EMAIL-4",
        "backup_code": "BACKUP-1",
    }
    for label in register.labels.values():
        assert normalise_label(label.text) in normalise_label(register.clause(label.clause).paraphrase)


def test_the_revision_names_the_clause_that_its_text_lacks() -> None:
    revision = load_register(REGISTER).revision
    assert revision.date.isoformat() == "2026-04-29"
    assert "TOTP-4" in revision.note


def test_a_small_register_loads(tmp_path: Path) -> None:
    register = load_register(write(tmp_path, "clauses.toml", SMALL))
    assert register.clause("NAV-9").force is Force.MUST
    assert not register.labels["enable"].differs_from("click here to ENABLE")
    assert not register.labels["enable"].differs_from("Enable-it")
    assert register.labels["enable"].differs_from("Enable")


def test_an_unknown_clause_is_a_usage_error_that_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_register(write(tmp_path, "clauses.toml", SMALL)).clause("NAV-99")
    assert "NAV-99" in caught.value.what
    assert "NAV-9" in caught.value.hint


@pytest.mark.parametrize(
    ("good", "bad", "key"),
    [
        ('force = "must"', 'force = "MUST"', "clause[1] (NAV-9).force"),
        ('force = "must"', "", "clause[1] (NAV-9).force"),
        ('id = "NAV-9"', "", "clause[1].id"),
        ('id = "NAV-9"', "id = 9", "clause[1].id"),
        ('means = "Nobody can."', 'means = " "', "clause[1] (NAV-9).means"),
        ('means = "Nobody can."', 'meaning = "Nobody can."', "clause[1] (NAV-9).meaning"),
        ('means = "Nobody can."', 'means = "No."\nexclusion = "Too hard."', "clause[1] (NAV-9).exclusion"),
        ('means = "Nobody can."', 'means = "No."\nremedy = 1', "clause[1] (NAV-9).remedy"),
        ('chapter = "help"', 'chapter = "hell"', "clause[1] (NAV-9).chapter"),
        ("[[clause]]", "[clause]", "clause"),
        ("[revision]", "[version]", "revision"),
        ("date = 2026-04-29", 'date = "2026-04-29"', "revision.date"),
        ("date = 2026-04-29", "date = 2026-04-29T00:00:00Z", "revision.date"),
        ('clause = "NAV-9"', 'clause = "NAV-1"', "labels.enable.clause"),
        ('text = "Click Here to Enable"', 'text = ""', "labels.enable.text"),
        ('["Enable it"]', '"Enable it"', "labels.enable.also"),
        ("[labels]", "[labels]\nother = 1", "labels.other"),
        ("[[clause]]", f"{ONE_CLAUSE}\n[[clause]]", "clause.id"),
        ('id = "NAV-9"', 'id = "NAV-9', "cannot be read as TOML"),
    ],
)
def test_a_broken_register_names_file_key_and_remedy(tmp_path: Path, good: str, bad: str, key: str) -> None:
    file = write(tmp_path, "clauses.toml", SMALL.replace(good, bad, 1))
    with pytest.raises(ProfileError) as caught:
        load_register(file)
    assert caught.value.what.startswith(f"{file}: {key}")
    assert caught.value.hint


def test_a_small_register_needs_no_remedy_and_keeps_the_one_it_has(tmp_path: Path) -> None:
    with_one = SMALL + 'remedy = "Let them."\n'
    found = [load_register(write(tmp_path, "clauses.toml", text)).clauses[0].remedy for text in (SMALL, with_one)]
    assert found == ["", "Let them."]


def test_a_missing_register_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"none\.toml: there is no such file"):
        load_register(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("documented", "seen", "expected"),
    [
        ("Time Based Tokens", "time-based  tokens", False),
        ("Time Based Tokens", "Time\u2011Based\u00a0Tokens", False),
        ("Click Here to Enable", "Click here to\n enable", False),
        ("Click Here to Enable", "Enable", True),
        ("Backup code", "Backup codes", True),
    ],
)
def test_wordings_differ_beyond_case_hyphens_and_spaces_only(documented: str, seen: str, expected: bool) -> None:
    assert differs(documented, seen) is expected


def test_features_are_read_in_the_order_of_the_help_text(tmp_path: Path) -> None:
    paths = ["journey.feature", *(f"{chapter}/x.feature" for chapter in CHAPTERS), "zebra/x.feature"]
    for path in sorted(paths):
        write(tmp_path, path, "Feature: x\n")
    prose = read_features(tmp_path)
    assert [feature.path for feature in prose] == paths
    assert [feature.chapter for feature in prose] == ["", *CHAPTERS.values(), "Zebra"]


def test_prose_keeps_blank_lines_and_loses_its_common_indent(tmp_path: Path) -> None:
    write(tmp_path, "help/a.feature", OUTLINE)
    (feature,) = read_features(tmp_path)
    assert feature.description == "First paragraph,\n  indented.\n\nSecond paragraph."
    assert [(rule.name, rule.description) for rule in feature.rules] == [
        ("It is answered", "Why: silence helps nobody.\n\nAlso: a second line.")
    ]


def test_each_row_of_an_outline_is_a_scenario_with_its_own_id_and_line(tmp_path: Path) -> None:
    write(tmp_path, "help/a.feature", OUTLINE)
    scenarios = read_scenarios(tmp_path)
    assert [(scenario.id, scenario.name) for scenario in scenarios] == [
        ("help/a.feature#an-answer-to-who", "An answer to Ana"),
        ("help/a.feature#an-answer-to-who-2", "An answer to Ben"),
        ("help/a.feature#an-answer-to-who-3", "An answer to Cem"),
        ("help/a.feature#no-name-in-the-name", "No name in the name (Ana)"),
        ("help/a.feature#plain-and-done", "Plain, and done!"),
    ]
    theirs = [scenario.line for scenario in parse_feature(OUTLINE).walk_scenarios()]
    assert [scenario.line for scenario in scenarios] == theirs


WITH_BACKGROUNDS = """\
Feature: Asking
  Background:
    Given Ana is there
    And it is day

  Rule: It is answered
    Background:
      Given Ben is there

    Scenario Outline: An answer to <who>
      When <who> asks
      And <who> waits
      Then <who> is answered
      But <other> is not
      When <who> goes
      * the door is shut

      Examples:
        | who | other |
        | Ana | Ben   |
        | Ben | Ana   |

  Rule: It is quiet
    Scenario: Nobody asks
      Then it is quiet
"""


def test_the_steps_are_those_of_the_file_with_backgrounds_and_row(tmp_path: Path) -> None:
    write(tmp_path, "help/a.feature", WITH_BACKGROUNDS)
    first, second, last = read_scenarios(tmp_path)
    written = [[f"{step.keyword} {step.text}" for step in steps] for steps in (second.background, second.steps)]
    assert written == [
        ["Given Ana is there", "And it is day", "Given Ben is there"],
        [
            "When Ben asks",
            "And Ben waits",
            "Then Ben is answered",
            "But Ana is not",
            "When Ben goes",
            "* the door is shut",
        ],
    ]
    assert [step.text for step in first.steps if step.observes] == ["Ana is answered", "Ben is not"]
    assert [step.text for step in last.background] == ["Ana is there", "it is day"]
    assert [step.observes for step in last.steps] == [True]


def test_tags_are_inherited_and_sorted_by_what_they_mean(tmp_path: Path) -> None:
    write(tmp_path, "help/a.feature", OUTLINE)
    first, *_, last = read_scenarios(tmp_path)
    inherited = ("area.help", "requires.mail", "clause.EMAIL-5b", "must", "needs.clock")
    assert first.tags == (*inherited, "class.active", "class.destructive")
    assert (first.clauses, first.requires, first.needs) == (("EMAIL-5b",), ("mail",), ("clock",))
    assert (first.rule, first.run_class) == ("It is answered", "destructive")
    assert (last.tags, last.run_class) == (inherited, "passive")


def test_an_unknown_run_class_is_refused_with_its_place(tmp_path: Path) -> None:
    write(tmp_path, "help/a.feature", OUTLINE.replace("class.active", "class.harmless"))
    with pytest.raises(UsageError, match=r"help/a\.feature:\d+: @class\.harmless"):
        read_scenarios(tmp_path)


@pytest.mark.parametrize("text", ["", "Feature: x\n  Scenario: y\n    Given z\n    nonsense\n"])
def test_what_is_not_gherkin_is_refused_with_its_file(tmp_path: Path, text: str) -> None:
    file = write(tmp_path, "help/a.feature", text)
    with pytest.raises(UsageError) as caught:
        read_features(tmp_path)
    assert caught.value.what.startswith(str(file))
    assert caught.value.hint


def test_a_folder_without_features_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no feature files"):
        read_scenarios(tmp_path)


@pytest.mark.parametrize("name", ["features/a.feature", "features/clauses.toml", "steps/tasks/a.py", "fixtures/a.py"])
def test_the_digest_follows_what_decides_a_run(tmp_path: Path, name: str) -> None:
    file = write(tmp_path, name, "one\ntwo\n")
    before = suite_digest(tmp_path)
    file.write_bytes(b"one\r\ntwo\r\n")
    assert suite_digest(tmp_path) == before
    file.write_text("one\nthree\n", "utf-8")
    changed = suite_digest(tmp_path)
    assert changed != before
    file.rename(file.with_stem("b"))
    assert suite_digest(tmp_path) not in (before, changed)


@pytest.mark.parametrize("name", ["features/README.md", "tests/a.py", "steps/a.pyc"])
def test_the_digest_ignores_what_decides_nothing(tmp_path: Path, name: str) -> None:
    before = suite_digest(tmp_path)
    write(tmp_path, name, "text")
    assert suite_digest(tmp_path) == before


def test_the_gherkin_parser_is_not_loaded_before_it_is_needed() -> None:
    program = "import sys, portal2fa.clauses; sys.exit('gherkin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
