"""The longest scenarios begin first, by what they took in the last report."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal2fa import errands, order, runner
from portal2fa.browsers import BrowserChoice
from portal2fa.clauses import ScenarioOutline, load_register, read_scenarios
from portal2fa.evidence import Recorder
from portal2fa.order import last_times, longest_first
from portal2fa.outcomes import Outcome, Result, ScenarioResult, TargetFacts
from portal2fa.profile_files import find_root, load_target
from portal2fa.session import Session


def row(name: str, *tags: str) -> ScenarioOutline:
    return ScenarioOutline(name, name, "", 1, "", tags)


def finished(**rows: tuple[Outcome, float]) -> Result:
    """A result with these outcomes and times."""
    target = TargetFacts("reference", "R", "http://127.0.0.1:1", "r.toml", "sha256:0", {}, {})
    found = (
        ScenarioResult(name, name, "", 1, "", (), (), outcome, seconds=seconds)
        for name, (outcome, seconds) in rows.items()
    )
    return Result(target, "0", "0", "b", "", "", "run", "", (), (), tuple(found))


def names(rows: list[ScenarioOutline]) -> str:
    return "".join(found.id for found in rows)


def test_the_longest_begin_first() -> None:
    assert names(longest_first(map(row, "abc"), {"a": 1.0, "b": 3.0, "c": 2.0})) == "bca"


def test_what_is_new_is_taken_for_one_of_middling_length() -> None:
    assert names(longest_first(map(row, "abcn"), {"a": 1.0, "b": 3.0, "c": 2.0})) == "bcna"


def test_without_times_the_journeys_begin_first_and_the_rest_stays_in_order() -> None:
    rows = [row("a"), row("b", "journey"), row("c"), row("d", "journey")]
    assert names(longest_first(rows, {})) == "bdac"


def test_times_are_those_of_scenarios_that_came_to_an_end_on_the_same_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = finished(a=(Outcome.PASSED, 3.0), b=(Outcome.CANT_TELL, 60.0), c=(Outcome.FAILED, 2.0))
    monkeypatch.setattr(order, "read_report", lambda path: result)
    assert last_times(tmp_path, result.target.name) == {"a": 3.0, "c": 2.0}
    assert last_times(tmp_path, "another") == {}


def test_without_a_report_there_are_no_times(tmp_path: Path) -> None:
    assert last_times(tmp_path, "reference") == {}
    (tmp_path / "result.json").write_text("{}")
    assert last_times(tmp_path, "reference") == {}


@pytest.mark.parametrize(("lanes", "known"), [(4, {"a": 3.0}), (1, {})], ids=["several at once", "one at a time"])
def test_a_run_of_several_at_once_goes_by_the_report_that_lies_where_its_own_will(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lanes: int, known: dict[str, float]
) -> None:
    root = find_root()
    register, rows = load_register(root / "features" / "clauses.toml"), read_scenarios(root / "features")
    asked = errands.Asked(root, register, rows, "c", workers=1, lanes=lanes)
    found: list[Session] = []

    def play(session: Session, *_: object, **__: object) -> Result:
        found.append(session)
        return finished()

    monkeypatch.setattr(runner, "run", play)
    monkeypatch.setattr(errands, "last_times", lambda out, target: {"a": 3.0} if out == tmp_path else {})
    errand = errands.errand(asked, load_target("reference", root), tmp_path)
    means = errands.Means(BrowserChoice(None, (), ""))
    errands.carried_out(errand, means, Recorder(tmp_path), lambda result: None)
    assert [session.times for session in found] == [known]
