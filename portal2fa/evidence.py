"""What a running scenario leaves for the report: pictures, mails, readings, deviations, and why it was left out.

Hooks and tasks write here while the scenario runs; the runner collects it afterwards.  Secrets never get in:
`masked` replaces every value that was declared secret, in every text that is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from portal2fa.outcomes import Deviation, Evidence, Outcome

_GROUPED = 12
"""Secrets of so many characters are written in groups now and then, and masked however they are grouped."""


@dataclass
class Notes:
    """The notes of one scenario."""

    evidence: list[Evidence] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    left_out: tuple[Outcome, str] | None = None


class Recorder:
    """Collects the notes of the scenario that is running, and what has to be known of the run as a whole."""

    def __init__(self, folder: Path) -> None:
        """Keep files below `folder`, the report folder; it is made when the first file is."""
        self.folder = folder
        self.notes = Notes()
        self.not_restored: list[str] = []
        self.browser = ""
        self.url = ""
        self._secrets: set[str] = set()
        self._files = 0

    def begin(self) -> None:
        """A scenario begins."""
        self.notes = Notes()

    def collect(self) -> Notes:
        """The notes of the scenario that ended, with every declared secret masked."""
        return Notes(
            [replace(item, title=self.masked(item.title), text=self.masked(item.text)) for item in self.notes.evidence],
            [replace(item, seen=self.masked(item.seen), note=self.masked(item.note)) for item in self.notes.deviations],
            self.notes.left_out,
        )

    def secret(self, value: str) -> None:
        """Declare a value that no report may show: a password, a shared secret, a backup code."""
        if len(value) >= 6:
            self._secrets.add(value)

    def masked(self, text: str) -> str:
        """`text` with all declared secrets replaced by `••••`."""
        for value in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(value, "••••")
            if len(value) >= _GROUPED:
                text = re.sub(r"[\s-]?".join(map(re.escape, value.replace("-", ""))), "••••", text, flags=re.IGNORECASE)
        return text

    def leave_out(self, outcome: Outcome, reason: str) -> None:
        """The scenario does not run, and why."""
        self.notes.left_out = (outcome, reason)

    def text(self, title: str, text: str, *, kind: str = "text") -> None:
        """Keep a reading in words."""
        self.notes.evidence.append(Evidence(kind=kind, title=title, text=text))

    def picture(self, title: str, png: bytes) -> None:
        """Keep a picture beside the report."""
        self._files += 1
        path = f"evidence/{self._files:04d}.png"
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(png)
        self.notes.evidence.append(Evidence(kind="screenshot", title=title, path=path))

    def deviation(self, deviation: Deviation) -> None:
        """Keep a difference between the documented wording or way and the portal's."""
        if deviation not in self.notes.deviations:
            self.notes.deviations.append(deviation)
