"""The report's folder, where something else lies in it already."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal2fa.errors import UsageError
from portal2fa.report_folder import ReportFolder


@pytest.mark.parametrize("name", ["index.html", "evidence"])
def test_a_folder_with_somebody_elses_files_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError, match="would overwrite"), ReportFolder(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_an_earlier_report_may_be_written_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("old")
    (tmp_path / "result.json").write_text("{}")
    with ReportFolder(tmp_path):
        assert (tmp_path / "index.html").read_text() == "old"


# --- a writing that is interrupted ----------------------------------------------------------------------------------

OLD = {"result.json": "old", "index.html": "old", "junit.xml": "old", "evidence/0001.png": "old", "notes.txt": "mine"}
NEW = {name: "new" for name in OLD if name != "notes.txt"} | {"notes.txt": "mine"}


class Ended(BaseException):
    """The process ends here."""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with a report in it."""
    for name, text in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def report(folder: Path) -> None:
    for name in ("result.json", "junit.xml", "index.html"):
        (folder / name).write_text("new")


def seen(out: Path) -> dict[str, str]:
    return {str(path.relative_to(out)): path.read_text() for path in out.rglob("*") if path.is_file()}


def begun(out: Path) -> ReportFolder:
    folder = ReportFolder(out).__enter__()
    folder.recorder.picture("a", b"new")
    return folder


def ending(at: int, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Let the process end before the move with number `at`; the moves so far."""
    move, moves = Path.rename, list[Path]()

    def rename(path: Path, target: Path) -> Path:
        if len(moves) == at:
            raise Ended
        moves.append(path)
        return move(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    return moves


def test_a_report_that_breaks_off_while_it_is_written_leaves_the_old_one(out: Path) -> None:
    def broken(folder: Path) -> None:
        (folder / "result.json").write_text("half")
        raise Ended

    folder = begun(out)
    with pytest.raises(Ended):
        folder.write(broken)
    folder.__exit__(Ended, None, None)
    assert seen(out) == OLD


def test_a_writing_that_is_not_interrupted_leaves_the_new_report_alone(out: Path) -> None:
    with ReportFolder(out) as folder:
        folder.recorder.picture("a", b"new")
        folder.write(report)
    assert seen(out) == NEW
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


MOVES = 9
"""Three files and the evidence, each out and in, and the old report away."""


def test_the_moves_of_a_writing_are_as_many_as_are_interrupted_here(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moves = ending(MOVES, monkeypatch)
    begun(out).write(report)
    assert len(moves) == MOVES


def interrupted(out: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> ReportFolder:
    """A folder whose writing ended before the move of that number."""
    folder = begun(out)
    ending(at, monkeypatch)
    with pytest.raises(Ended):
        folder.write(report)
    monkeypatch.undo()
    return folder


@pytest.mark.parametrize("at", range(MOVES))
def test_interrupted_at_any_move_the_old_report_is_there_in_whole(
    out: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = interrupted(out, at, monkeypatch)
    folder.__exit__(Ended, None, None)
    assert seen(out) == OLD


@pytest.mark.parametrize("at", range(MOVES))
def test_killed_at_any_move_the_old_report_is_there_for_the_next_run(
    out: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(out, at, monkeypatch)
    with ReportFolder(out):
        left = seen(out)
    assert {name: text for name, text in left.items() if not name.startswith(".")} == OLD
