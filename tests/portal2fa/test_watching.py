"""What runs again after an edit: first what failed, then what the edit touches; files are seen to change."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from portal2fa.clauses import ScenarioOutline
from portal2fa.errors import UsageError
from portal2fa.judging import result_of
from portal2fa.outcomes import Outcome, Result
from portal2fa.selection import Selection
from portal2fa.watched_files import Changed, WatchedFiles
from portal2fa.watching import follow, touched

FEATURES = Path("/suite/features")
STEP = Path("/suite/steps/codes.py")


def row(feature: str, name: str) -> ScenarioOutline:
    return ScenarioOutline(f"{feature}#{name}", name, feature, 1, "", ())


ROWS = (row("a.feature", "one"), row("a.feature", "two"), row("b/c.feature", "three"))


@dataclass(frozen=True)
class Some:
    """As much of a result as watching looks at."""

    scenarios: tuple[object, ...]
    interrupted: bool = False


@dataclass
class Stage:
    """Plays by name, and keeps what it was given."""

    fails: set[str] = field(default_factory=set)
    played: list[list[str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    stops: bool = False

    def play(self, selection: Selection) -> Result:
        """Let those fail that fail."""
        self.played.append([row.name for row in selection.scenarios])
        assert selection.every_clause is (selection.words == "")  # a part proves nothing of the whole
        results = (
            result_of(row, Outcome.FAILED if row.name in self.fails else Outcome.PASSED) for row in selection.scenarios
        )
        return cast("Result", Some(tuple(results), self.stops))


def followed(stage: Stage, *changes: Changed | Callable[[], Changed]) -> Stage:
    made = (change if isinstance(change, frozenset) else change() for change in changes)
    follow(
        made,
        Selection(ROWS),
        features=FEATURES,
        selected=lambda: Selection(ROWS),
        play=stage.play,
        tell=stage.told.append,
    )
    return stage


def test_only_the_scenarios_of_a_changed_feature_are_touched() -> None:
    assert [row.name for row in touched(ROWS, frozenset({FEATURES / "b" / "c.feature"}), FEATURES)] == ["three"]


@pytest.mark.parametrize("path", [STEP, Path("/elsewhere/ours.toml"), FEATURES / "clauses.toml"])
def test_anything_else_may_be_of_use_to_every_scenario(path: Path) -> None:
    assert touched(ROWS, frozenset({path, FEATURES / "a.feature"}), FEATURES) == [*ROWS]


def test_where_nothing_failed_what_was_changed_runs_at_once() -> None:
    stage = followed(Stage(), frozenset({FEATURES / "b" / "c.feature"}))
    assert stage.played == [["one", "two", "three"], ["three"]]
    assert stage.told[-1] == "0 open. Waiting for a change; Ctrl-C ends it."


def test_what_failed_runs_first_and_while_it_fails_nothing_else_does() -> None:
    stage = followed(Stage(fails={"two"}), frozenset({STEP}))
    assert stage.played == [["one", "two", "three"], ["two"]]
    assert stage.told[-1].startswith("1 open.")


def test_once_it_passes_what_was_changed_meanwhile_runs() -> None:
    stage = Stage(fails={"two"})

    def mended() -> Changed:
        stage.fails.clear()
        return frozenset({FEATURES / "a.feature"})

    followed(stage, frozenset({FEATURES / "b" / "c.feature"}), mended)
    assert stage.played == [["one", "two", "three"], ["two"], ["two"], ["one", "three"]]


def test_what_is_wrong_with_a_file_is_told_and_the_next_change_is_waited_for() -> None:
    stage, broken = Stage(), [UsageError("It is no feature.")]

    def selected() -> Selection:
        if broken:
            raise broken.pop()
        return Selection(ROWS)

    follow(
        [frozenset({FEATURES / "a.feature"}), frozenset({FEATURES / "b" / "c.feature"})],
        Selection(ROWS),
        features=FEATURES,
        selected=selected,
        play=stage.play,
        tell=stage.told.append,
    )
    assert "portal2fa: It is no feature." in stage.told
    assert stage.played == [["one", "two", "three"], ["one", "two", "three"]]  # both changes, once it can be read


def test_a_round_that_is_stopped_is_the_last_one() -> None:
    stage = followed(Stage(stops=True), frozenset({STEP}))
    assert stage.played == [["one", "two", "three"]]


def test_a_file_that_changes_in_a_folder_is_seen_and_so_is_a_profile_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "steps" / "tasks").mkdir(parents=True)
    (tmp_path / "profiles").mkdir()
    profile = tmp_path / "profiles" / "ours.toml"
    profile.touch()
    with WatchedFiles([tmp_path / "steps"], [profile]) as changes, ThreadPoolExecutor() as waiting:

        def following() -> Changed:
            return waiting.submit(next, iter(changes)).result(120)

        (tmp_path / "steps" / "tasks" / "codes.py").touch()
        assert following() == {tmp_path / "steps" / "tasks" / "codes.py"}
        (tmp_path / "profiles" / "theirs.toml").touch()
        (tmp_path / "profiles" / "new").write_text("name = 'ours'")
        (tmp_path / "profiles" / "new").replace(profile)
        assert following() == {profile}
