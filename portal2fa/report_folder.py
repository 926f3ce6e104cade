"""The report's folder: checked before anything starts, filled beside, and changed only when there is a result."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from portal2fa import reports
from portal2fa.errors import UsageError
from portal2fa.evidence import Recorder
from portal2fa.outcomes import Result
from portal2fa.reports.result_json import from_json


def read_report(path: Path) -> Result:
    """The result in a report's folder, or in a result.json; raises `UsageError` where there is none."""
    found = path / "result.json" if path.is_dir() else path
    if not found.is_file():
        raise UsageError(f"There is no result at {found}.", hint="give a result.json that `portal2fa run` wrote")
    return from_json(found.read_text(encoding="utf-8"))


_NEW, _OLD = ".new-", ".old-"
"""How the places beside a report begin: for the one that is coming, and for the one that is just being replaced."""


class ReportFolder:
    """A folder for one run's report; an earlier report stays as it is until the new one is complete."""

    def __init__(self, out: Path, known: str = "result.json") -> None:
        """Nothing is touched yet; `known` is the file by which an earlier report is known as one."""
        self._out = out
        self._known = known

    def __enter__(self) -> ReportFolder:
        """Make the folder and a place beside the old report; raises `UsageError` when that is not possible.

        An old report that a killed run was just replacing is put back first.
        """
        self._put_back()
        strange = [name for name in ("index.html", "evidence") if (self._out / name).exists()]
        if strange and not (self._out / self._known).exists():
            raise UsageError(
                f"The report would overwrite what is in {self._out}.",
                cause=f"{', '.join(strange)} lies there, and no {self._known} that says it is an earlier report",
                hint="choose another folder with --out",
            )
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            self._staging = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._out))
        except OSError as error:
            raise UsageError(
                f"The report cannot be written to {self._out}.",
                cause=error.strerror or str(error),
                hint="choose another folder with --out",
            ) from error
        self.recorder = Recorder(self._staging)
        return self

    def keep(self, result: Result) -> None:
        """Put the report with its evidence in the place of the old one."""
        self.write(lambda folder: reports.write_all(result, folder))

    def write(self, report: Callable[[Path], object]) -> None:
        """Let `report` write into a folder, and put that with the evidence in the place of the old report.

        Interrupted at any point, the old report or the new one is there in whole, at the latest for the next run.
        """
        report(self._staging)
        written = sorted((path.name for path in self._staging.iterdir()), key=lambda name: name != self._known)
        aside = self._staging.with_name(self._staging.name.replace(_NEW, _OLD))
        aside.mkdir()
        for name in dict.fromkeys([*written, "evidence"]):
            if (self._out / name).exists():
                (self._out / name).rename(aside / name)
            if (self._staging / name).exists():
                (self._staging / name).rename(self._out / name)
        aside.rename(self._staging / "old")  # from here on the new report holds

    def _put_back(self) -> None:
        """Put back what was moved aside for a new report that did not come."""
        for aside in self._out.glob(f"{_OLD}*"):
            for path in aside.iterdir():
                there = self._out / path.name
                if there.is_dir():
                    shutil.rmtree(there)
                path.replace(there)
            aside.rmdir()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not kept, and the folder too when nothing ever came into it."""
        self._put_back()
        shutil.rmtree(self._staging, ignore_errors=True)
        with contextlib.suppress(OSError):
            self._out.rmdir()
