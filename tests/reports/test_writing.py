"""Writing reports: whole or not at all, and a refusal in plain words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from portal2fa.errors import EnvironmentProblem, UsageError
from portal2fa.outcomes import Result
from portal2fa.reports import from_json, to_html, to_json, to_junit, write_all
from portal2fa.reports.writing import write_atomically


def test_three_reports_are_written_and_nothing_else(sample: Result, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "report"
    written = write_all(sample, folder)
    assert sorted(folder.iterdir()) == sorted(written)
    assert [path.name for path in written] == ["result.json", "junit.xml", "index.html"]
    assert from_json(written[0].read_text(encoding="utf-8")) == sample


def test_the_same_result_gives_the_same_bytes(sample: Result) -> None:
    for render in (to_json, to_junit, to_html):
        assert render(sample) == render(sample)


def test_a_folder_that_is_a_file_is_a_usage_error(sample: Result, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "taken", tmp_path / "taken" / "below"):
        with pytest.raises(UsageError, match="cannot be written") as caught:
            write_all(sample, folder)
        assert caught.value.hint
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_a_folder_without_permission_is_a_usage_error(
    sample: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UsageError) as caught:
        write_all(sample, tmp_path)
    assert caught.value.cause == "Permission denied."


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_report_and_no_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "index.html"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(EnvironmentProblem, match="could not be written"):
        write_atomically(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_has_the_permissions_that_the_umask_gives(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "x")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_lone_surrogate_does_not_lose_the_report(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "lone \udcff")
    assert (tmp_path / "a").read_bytes() == b"lone \\udcff"
