"""Baselines on disk: written from a result, completed by a person, and refused before a portal is touched."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa.baseline import Kind, Standing
from portal2fa.baseline_checks import Known
from portal2fa.baseline_files import load, proposed, to_toml
from portal2fa.baseline_standing import with_baseline
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.cli import _status
from portal2fa.errors import UsageError
from portal2fa.outcomes import Deviation, Outcome, Result, ScenarioResult, TargetFacts
from portal2fa.reports import to_json

ROOT = Path(__file__).parents[2]
ROWS = read_scenarios(ROOT / "features")
CLAUSES = load_register(ROOT / "features" / "clauses.toml").clauses
KNOWN = Known("reference", ROWS, CLAUSES)
ROW = next(row for row in ROWS if row.clauses == ("TOTP-5",))
FAILURE = f"""[[failure]]
clause = "TOTP-5"
scenario = "{ROW.id}"
message = "expected no, saw yes"
reason = "Kim knows"
until = 2027-03-31
"""
DEVIATION = f"""[[deviation]]
clause = "NAV-10"
control = "enable"
scenario = "{ROW.id}"
message = 'documented "A", seen "B"'
reason = "Kim knows"
until = 2027-03-31
"""
HEAD = 'baseline_version = 1\ntarget = "reference"\n'


def result(outcome: Outcome = Outcome.FAILED) -> Result:
    scenario = ScenarioResult(
        ROW.id, ROW.name, ROW.feature, ROW.line, ROW.rule, ROW.clauses, ROW.tags, outcome, "why", 'no \\ "x"', "yes\x7f"
    )
    met = Deviation("enable", "NAV-10", "A", "B")
    target = TargetFacts("reference", "R", "http://127.0.0.1:1", "r.toml", "sha256:0", {}, {})
    times = ("2026-11-24T00:00:00+00:00", "2026-11-24T00:01:00+00:00")
    return Result(target, "0", "0", "b", *times, "run", "", CLAUSES, (), (replace(scenario, deviations=(met,)),))


def write(folder: Path, text: str) -> Path:
    (folder / "accepted.toml").write_text(text, encoding="utf-8")
    return folder / "accepted.toml"


def refused(folder: Path, text: str, known: Known = KNOWN) -> str:
    with pytest.raises(UsageError) as told:
        load(write(folder, text), known)
    return str(told.value)


def test_what_is_written_can_be_read_once_it_is_completed(tmp_path: Path) -> None:
    entries = proposed(result(), reason="Kim knows", until="2027-03-31")
    baseline = load(write(tmp_path, to_toml(entries, "reference")), KNOWN)
    assert baseline.entries == entries
    assert {entry.kind for entry in entries} == set(Kind)
    assert (baseline.file, baseline.digest[:7]) == ("accepted.toml", "sha256:")
    judged = with_baseline(result(), baseline).baseline
    assert judged is not None
    assert {entry.standing for entry in judged.entries} == {Standing.ACCEPTED}


def test_what_is_left_to_a_person_is_refused_with_its_lines(tmp_path: Path) -> None:
    text = to_toml(proposed(result()), "reference")
    told = refused(tmp_path, text)
    lines = text.splitlines()
    for key in ("reason", "until"):
        numbers = [number for number, line in enumerate(lines, 1) if line.startswith(f'{key} = ""')]
        assert len(numbers) == 2
        assert all(f"line {number}: '{key}' is missing" in told for number in numbers)
    assert "to mend: 4." in told


def test_a_message_is_compared_as_it_stands_in_the_file(tmp_path: Path) -> None:
    baseline = load(write(tmp_path, HEAD + FAILURE.replace("saw yes", "saw code 123456 at 06:41")), KNOWN)
    assert baseline.entries[0].message == "expected no, saw code 123456 at 06:41"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + FAILURE.replace('reason = "Kim knows"\n', ""), "line 3: 'reason' is missing or empty"),
        (HEAD + FAILURE.replace("Kim knows", "  "), "line 7: 'reason' is missing or empty"),
        (HEAD + FAILURE.replace("until = 2027-03-31\n", ""), "line 3: 'until' is missing or no date"),
        (HEAD + FAILURE.replace("2027-03-31", '"soon"'), "line 8: 'until' is missing or no date"),
        (HEAD + FAILURE.replace("2027-03-31", "2027-03-31T10:00:00"), "line 8: 'until' is missing or no date"),
        (HEAD + FAILURE.replace("TOTP-5", "TOPT-5"), "line 4: there is no clause 'TOPT-5'; did you mean 'TOTP-5'?"),
        (HEAD + FAILURE.replace(ROW.id, ROW.id[:-1]), f"line 5: there is no scenario '{ROW.id[:-1]}'; did you mean"),
        (HEAD + FAILURE.replace("TOTP-5", "ZZZ"), "line 4: there is no clause 'ZZZ'; the closest is '"),
        (HEAD + FAILURE.replace(ROW.id, "journey"), "there is no scenario 'journey'; the closest is 'journey.feature#"),
        (HEAD + FAILURE.replace("TOTP-5", "NAV-1"), f"'{ROW.id}' does not prove NAV-1, but TOTP-5"),
        (HEAD + FAILURE + "untill = 2027-01-01\n", "line 9: 'untill' is not known here; did you mean 'until'?"),
        (HEAD + FAILURE + FAILURE.replace("saw yes", "saw no"), "line 9: is there twice"),
        (HEAD + DEVIATION + DEVIATION, "is there twice"),
        (HEAD + DEVIATION.replace('control = "enable"\n', ""), "'control' is missing or empty"),
        (
            HEAD + FAILURE.replace("[[failure]]", "[[failures]]"),
            "'failures' is not known here; did you mean 'failure'?",
        ),
        (HEAD + FAILURE.replace("[[failure]]", "[[cantTell]]"), "'cantTell' is not known here"),
        (HEAD + "failure = 3\n", "has to be a list of tables: write [[failure]]"),
        (HEAD.replace("1", "2") + FAILURE, "baseline_version has to be 1"),
        (HEAD.replace("reference", "ours") + FAILURE, "it is for the target 'ours', but this run is on 'reference'"),
        ("x = ", "is not a TOML file"),
    ],
)
def test_a_baseline_that_nobody_can_answer_for_is_refused(tmp_path: Path, text: str, words: str) -> None:
    assert words in refused(tmp_path, text)


def test_a_control_may_deviate_in_two_ways_for_one_clause(tmp_path: Path) -> None:
    text = HEAD + DEVIATION + DEVIATION.replace('seen "B"', 'seen "C"')
    assert len(load(write(tmp_path, text), KNOWN).entries) == 2


def test_an_accepted_finding_keeps_reason_and_date_as_long_as_it_is_the_same(tmp_path: Path) -> None:
    first = proposed(result(), reason="Kim knows", until="2027-03-31")
    judged = with_baseline(result(), load(write(tmp_path, to_toml(first, "reference")), KNOWN))
    assert [(entry.reason, entry.until) for entry in proposed(judged)] == [("Kim knows", "2027-03-31")] * 2
    changed = replace(judged, scenarios=tuple(replace(each, seen="maybe") for each in judged.scenarios))
    assert [entry.reason for entry in proposed(changed)] == ["", "Kim knows"]


# --- the command


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "result.json").write_text(to_json(result()), encoding="utf-8")
    return tmp_path


def test_the_command_writes_a_file_and_says_what_is_left_to_do(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = report / "accepted.toml"
    assert _status(["baseline", str(report), "--output", str(out), "--reason", "Kim knows"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "Entries: 1 for failures, 1 for documentation deviations." in said.err
    assert "Give a reason and a date to 2 of them" in said.err
    table = tomllib.loads(out.read_text(encoding="utf-8"))
    assert [row["reason"] for row in (*table["failure"], *table["deviation"])] == ["Kim knows"] * 2


def test_without_a_file_the_baseline_goes_to_standard_output(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _status(["baseline", str(report / "result.json"), "--reason", "Kim", "--until", "2027-03-31"]) == 0
    said = capsys.readouterr()
    assert "Give a reason" not in said.err
    assert load(write(report, said.out), KNOWN).entries == proposed(result(), reason="Kim", until="2027-03-31")


def test_a_file_that_is_there_is_not_overwritten(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = write(report, "by hand")
    assert _status(["baseline", str(report), "--output", str(out)]) == 2
    assert "reasons in this one would be lost" in capsys.readouterr().err
    assert out.read_text() == "by hand"


@pytest.mark.parametrize("arguments", [["no-such-folder"], [".", "--until", "soon"]])
def test_what_is_no_result_and_no_date_is_a_usage_error(
    report: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(report)
    assert _status(["baseline", *arguments]) == 2


def test_what_could_not_be_told_is_counted_and_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "result.json").write_text(to_json(result(Outcome.CANT_TELL)), encoding="utf-8")
    assert _status(["baseline", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "[[failure]]" not in said.out
    assert "cannot be accepted: 1." in said.err


@pytest.mark.parametrize("text", [HEAD + FAILURE.replace("Kim knows", ""), "x = ", None])
def test_a_run_refuses_a_baseline_before_it_touches_anything(
    tmp_path: Path, text: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def touched(*_: object, **__: object) -> None:
        raise AssertionError("the run began")

    monkeypatch.setattr("portal2fa.runner.run", touched)
    monkeypatch.setattr("portal2fa.browsers.find_browser", touched)
    path = write(tmp_path, text) if text else tmp_path / "nowhere.toml"
    assert _status(["run", "--baseline", str(path), "--out", str(tmp_path / "report")]) == 2
    assert str(path) in capsys.readouterr().err
    assert not (tmp_path / "report").exists()
