"""Full runs that were made already, so that whoever was interrupted can go on; they count while nothing is changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.agreement import Run

_PARTS = ("portal2fa", "features", "steps", "fixtures", "reference_server")
"""What a run is made of."""


class KeptRuns:
    """Runs of what lies at `root`, kept in a file."""

    def __init__(self, file: Path, root: Path) -> None:
        """Read nothing yet."""
        self._file, self._root = file, root

    def read(self) -> list[Run]:
        """Those that were kept last, in their order; none where a file at the root is another one since."""
        if not self._file.exists():
            return []
        kept = json.loads(self._file.read_text("utf-8"))
        if kept["digest"] != self._digest():
            return []
        return [
            Run(**{**row, "outcomes": {name: tuple(of) for name, of in row["outcomes"].items()}})
            for row in kept["runs"]
        ]

    def keep(self, runs: Sequence[Run]) -> None:
        """Keep these and no others."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        told = {"digest": self._digest(), "runs": [asdict(run) for run in runs]}
        self._file.write_text(json.dumps(told), "utf-8")

    def _digest(self) -> str:
        digest = hashlib.sha256()
        files = (file for part in _PARTS for file in (self._root / part).rglob("*") if file.is_file())
        for file in sorted(file for file in files if "__pycache__" not in file.parts):
            content = file.read_bytes()
            digest.update(f"{file.relative_to(self._root).as_posix()}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()
