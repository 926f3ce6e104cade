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


class ReportFolder:
    """A folder for one run's report; an earlier report stays as it is until the new one is complete."""

    def __init__(self, out: Path, known: str = "result.json") -> None:
        """Nothing is touched yet; `known` is the file by which an earlier report is known as one."""
        self._out = out
        self._known = known

    def __enter__(self) -> ReportFolder:
        """Make the folder and a place beside the old report; raises `UsageError` when that is not possible."""
        strange = [name for name in ("index.html", "evidence") if (self._out / name).exists()]
        if strange and not (self._out / self._known).exists():
            raise UsageError(
                f"The report would overwrite what is in {self._out}.",
                cause=f"{', '.join(strange)} lies there, and no {self._known} that says it is an earlier report",
                hint="choose another folder with --out",
            )
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            self._staging = Path(tempfile.mkdtemp(prefix=".new-", dir=self._out))
        except OSError as error:
            raise UsageError(
                f"The report cannot be written to {self._out}.",
                cause=error.strerror or str(error),
                hint="choose another folder with --out",
            ) from error
        self.recorder = Recorder(self._staging)
        return self

    def keep(self, result: Result) -> None:
        """Put the evidence in place and write the report over the old one."""
        self.write(lambda folder: reports.write_all(result, folder))

    def write(self, report: Callable[[Path], object]) -> None:
        """Put the evidence in place and let `report` write into the folder."""
        evidence = self._out / "evidence"
        shutil.rmtree(evidence, ignore_errors=True)
        if (self._staging / "evidence").is_dir():
            (self._staging / "evidence").rename(evidence)
        report(self._out)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not kept, and the folder too when nothing ever came into it."""
        shutil.rmtree(self._staging, ignore_errors=True)
        with contextlib.suppress(OSError):
            self._out.rmdir()
