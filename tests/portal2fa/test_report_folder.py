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
