"""The register of norms loads and says where it is wrong; its sections are proven, refuted or open, not decisive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa.clauses import load_register
from portal2fa.errors import ProfileError
from portal2fa.norms import LEVELS, NormStanding, load_norms, norm_results
from portal2fa.outcomes import (
    Clause,
    ExitCode,
    Force,
    NormSection,
    Outcome,
    Result,
    ScenarioResult,
    TargetFacts,
    Verdict,
    exit_code,
    verdict,
)
from portal2fa.reports.beyond import norm_line, norm_warning, policies, told
from portal2fa.reports.html import to_html
from portal2fa.reports.result_json import from_json, to_document, to_json
from portal2fa.reports.terminal import to_plain, to_rich

ROOT = Path(__file__).resolve().parents[1]
SMALL = """\
[documents]
ASVS = "A standard"

[[section]]
id = "ASVS-1.2.3"
level = "L2"
paraphrase = "A code serves once."
means = "It serves twice."
"""
ONCE = NormSection("ASVS-1.2.3", "A standard", "L2", "A code serves once.", "It serves twice.")
FIXED = replace(ONCE, remedy="Use codes up.")
LIMIT = NormSection("ASVS-1.2.4", "A standard", "L1", "Guessing has an end.", "Codes are guessed.")
INSIDE = NormSection("ASVS-1.2.5", "A standard", "L2", "Codes are hashed.", "They leak.", not_observable="it is inside")
APART = NormSection("ASVS-1.2.7", "A standard", "L1", "Cookies.", "Theft.", not_looked_at="the portal is plain HTTP")
MAIL = NormSection("ASVS-1.2.6", "A standard", "L3", "No mail.", "One factor.", policy="The procedure mails codes.")


def scenario(number: int, outcome: Outcome, *tags: str, clause: str = "") -> ScenarioResult:
    path = "security/a.feature"
    reason = "" if outcome is Outcome.PASSED else f"reason {number}"
    clauses = (clause,) if clause else ()
    return ScenarioResult(f"{path}#s-{number}", f"S {number}", path, number, "", clauses, tags, outcome, reason)


def run(*scenarios: ScenarioResult, selection: str = "") -> Result:
    """A run in which the one binding clause holds, and what `scenarios` found beside it."""
    clauses = (Clause("C-1", "It holds.", Force.MUST, "help", "help article"),)
    target = TargetFacts("t", "T", "http://127.0.0.1:1/", "t.toml", "sha256:0", {}, {})
    times = ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:01+00:00")
    all_of = (scenario(1, Outcome.PASSED, "clause.C-1", clause="C-1"), *scenarios)
    result = Result(target, "0", "sha256:0", "b", *times, "portal2fa run", selection, clauses, (), all_of)
    return replace(result, norms=(ONCE, LIMIT, INSIDE, MAIL, APART))


def standings(result: Result) -> dict[str, NormStanding]:
    return {row.section.id: row.standing for row in norm_results(result)}


def test_the_register_is_complete_and_in_words_of_its_own() -> None:
    sections = load_register(ROOT / "features" / "clauses.toml").norms
    texts = [text for section in sections for text in (section.paraphrase, section.means)]
    assert [text for text in texts if not text.endswith(".") or ". " in text] == []
    assert len(set(texts)) == len(texts)
    assert {section.level for section in sections} <= set(LEVELS)
    assert {section.id for section in sections if section.policy} >= {"ASVS-6.3.6", "NIST-3.1.3.1"}


def test_a_small_register_loads(tmp_path: Path) -> None:
    (tmp_path / "norms.toml").write_text(SMALL)
    assert load_norms(tmp_path / "norms.toml") == (ONCE,)
    (tmp_path / "norms.toml").write_text(SMALL + 'remedy = "Take it once."\n')
    assert load_norms(tmp_path / "norms.toml") == (replace(ONCE, remedy="Take it once."),)


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        ("[documents]", "[papers]", "tables are needed"),
        ('id = "ASVS-', 'id = "ABC-', "ABC is no document"),
        ('level = "L2"', 'level = "L9"', "'L9' is no level"),
        ('level = "L2"', 'level = "L2"\ncolour = "red"', "there is no such key"),
        ("means", "# means", "a text is needed here"),
        ("means", 'policy = "p"\nnot_observable = "n"\nmeans', "both not_observable and policy"),
        ("means", 'not_looked_at = "l"\nnot_observable = "n"\nmeans', "both not_observable and not_looked_at"),
        ("means", 'not_looked_at = ""\nmeans', r"\.not_looked_at: a text is needed here"),
        ("means", 'remedy = " "\nmeans', r"\.remedy: a text is needed here"),
        ("[documents]", "[documents", "cannot be read as TOML"),
    ],
)
def test_a_register_that_cannot_be_used_says_where(tmp_path: Path, good: str, bad: str, words: str) -> None:
    file = tmp_path / "norms.toml"
    file.write_text(SMALL.replace(good, bad, 1))
    with pytest.raises(ProfileError, match=words) as refused:
        load_norms(file)
    assert str(file) in str(refused.value)


def test_a_section_is_there_once(tmp_path: Path) -> None:
    (tmp_path / "norms.toml").write_text(SMALL + SMALL[SMALL.index("[[section]]") :])
    with pytest.raises(ProfileError, match="there twice"):
        load_norms(tmp_path / "norms.toml")


@pytest.mark.parametrize(
    ("outcomes", "standing"),
    [
        ([], NormStanding.UNTESTED),
        ([Outcome.PASSED], NormStanding.PROVEN),
        ([Outcome.PASSED, Outcome.INAPPLICABLE], NormStanding.PROVEN),
        ([Outcome.INAPPLICABLE], NormStanding.INAPPLICABLE),
        ([Outcome.PASSED, Outcome.UNTESTED], NormStanding.UNTESTED),
        ([Outcome.PASSED, Outcome.CANT_TELL], NormStanding.CANT_TELL),
        ([Outcome.FAILED, Outcome.CANT_TELL], NormStanding.REFUTED),
    ],
)
def test_a_section_is_what_its_scenarios_are(outcomes: list[Outcome], standing: NormStanding) -> None:
    rows = [scenario(10 + number, outcome, "norm.ASVS-1.2.3") for number, outcome in enumerate(outcomes)]
    found = standings(run(*rows))
    assert found["ASVS-1.2.3"] is standing
    assert found["ASVS-1.2.5"] is NormStanding.NOT_OBSERVABLE
    assert found["ASVS-1.2.6"] is NormStanding.POLICY
    assert found["ASVS-1.2.7"] is NormStanding.NOT_LOOKED_AT


@pytest.mark.parametrize("outcome", list(Outcome))
def test_no_outcome_of_a_norm_decides_the_verdict_and_nothing_open_is_kept_quiet(outcome: Outcome) -> None:
    result = run(scenario(10, outcome, "norm.ASVS-1.2.3"), scenario(11, Outcome.PASSED, "norm.ASVS-1.2.4"))
    assert verdict(result) is Verdict.CONFORMANT
    assert exit_code(result) is ExitCode.CONFORMANT
    is_open = outcome in (Outcome.UNTESTED, Outcome.CANT_TELL)
    for text in (to_plain(result, "r"), to_rich(result, "r", width=160), to_html(result)):
        assert ("not decided; 1 scenarios" in " ".join(text.split())) is is_open
    said = [(row.section.id, reason) for row, reason in told(result)]
    assert said == ([("ASVS-1.2.3", "reason 10")] if is_open or outcome is Outcome.FAILED else [])


def test_a_filter_that_leaves_out_norms_only_keeps_the_verdict_and_says_what_is_missing() -> None:
    left_out = replace(run(selection="tags not @area.security"), every_clause=True)
    assert verdict(left_out) is Verdict.CONFORMANT
    assert verdict(replace(left_out, every_clause=False)) is Verdict.INCONCLUSIVE
    assert "2 sections of norms were not decided" in norm_warning(left_out)
    assert norm_warning(replace(left_out, every_clause=False)) == "", "there is no verdict beside it to be misread"
    assert "2 untested" in norm_line(left_out)
    assert list(told(left_out)) == []


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_page_says_how_to_fix_a_section_that_failed_and_no_other(outcome: Outcome) -> None:
    result = replace(run(scenario(10, outcome, "norm.ASVS-1.2.3")), norms=(FIXED, LIMIT))
    said = "<b>How to fix it</b> Use codes up."
    assert to_html(result).count(said) == (1 if outcome is Outcome.FAILED else 0)
    assert from_json(to_json(result)).norms == (FIXED, LIMIT)


def test_policy_findings_are_told_and_blame_nobody() -> None:
    result = run()
    assert [row.section.id for row in policies(result)] == ["ASVS-1.2.6"]
    for text in (to_plain(result, "r"), to_rich(result, "r", width=160), to_html(result)):
        assert "The procedure mails codes." in text
        assert "it is inside" in text or not text.startswith("<!")


def test_what_no_scenario_looks_at_is_counted_apart_with_its_reason_and_never_as_proven() -> None:
    result = run(*(scenario(number, Outcome.PASSED, f"norm.ASVS-1.2.{number - 7}") for number in (10, 11, 14)))
    assert "2 proven, 1 not looked at, 1 not observable" in norm_line(result)
    [row] = [row for row in norm_results(result) if row.section == APART]
    assert row.scenarios == ()
    assert not row.standing.is_open, "nothing that a tester gives could decide it"
    page = to_html(result)
    badge = page[page.index("the portal is plain HTTP") :]
    assert "not looked at" in badge[: badge.index("</tr>")]
    assert 'class="badge untested"' in badge[: badge.index("</tr>")]
    for text in (to_plain(result, "r"), to_rich(result, "r", width=160)):
        assert "1 not looked at" in text
    [found] = [row for row in to_document(result)["norm_results"] if row["id"] == "ASVS-1.2.7"]
    assert found == {"id": "ASVS-1.2.7", "standing": "not looked at", "scenarios": []}


def test_one_reason_of_several_sections_is_told_once() -> None:
    both = ("norm.ASVS-1.2.3", "norm.ASVS-1.2.4")
    assert [reason for _, reason in told(run(scenario(10, Outcome.CANT_TELL, *both)))] == [
        "reason 10",
        "as for ASVS-1.2.3",
    ]


def test_the_document_holds_the_sections_and_refuses_an_edited_standing() -> None:
    result = run(scenario(10, Outcome.FAILED, "norm.ASVS-1.2.3"))
    found = {row["id"]: row["standing"] for row in to_document(result)["norm_results"]}
    assert found["ASVS-1.2.3"] == "refuted"
    assert from_json(to_json(result)) == result
    with pytest.raises(Exception, match="contradicts itself"):
        from_json(to_json(result).replace('"standing": "refuted"', '"standing": "proven"'))
