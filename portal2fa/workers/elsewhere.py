"""What of a run a worker on another machine finds there, and what it is sent: the profile, and the browser by name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal2fa.browsers import BrowserChoice, find_browser
from portal2fa.profile_files import Target, find_root
from portal2fa.profile_tables import read
from portal2fa.session import Session


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The profile of a run, so that it can be read on a machine that has the same suite at another place.

    What the profile takes from environment variables is taken from those of that machine.
    """

    profile: str
    """An address; or the path of the profile, from the root of the suite where it belongs to it, else as it is here."""
    belongs: bool
    """Whether it belongs to the suite."""
    digests: tuple[str, ...]
    """Those of the files that it is made of, its own first."""
    texts: Mapping[str, str]
    """What is in those of them that do not belong to the suite, by their paths from one folder, its own first."""

    @classmethod
    def of(cls, session: Session) -> Elsewhere:
        """What has to be sent of the run that `session` stands for."""
        target, root = session.target, find_root()
        address = "://" in target.given
        belongs = not address and target.path.is_relative_to(root)
        profile = target.given if address else str(target.path.relative_to(root) if belongs else target.path)
        digests = tuple(source.digest for source in target.sources)
        return cls(profile, belongs, digests, {} if address or belongs else _texts(target, root))

    def given(self, folder: Path) -> str:
        """What to load the target by on the machine where this is called; what was sent is written below `folder`.

        A file at the same path is preferred where it is the same one: relative paths in it begin there.
        """
        if self.belongs:
            return str(find_root() / self.profile)
        if not self.texts or self._is_here():
            return self.profile
        written = [folder / "profile" / name for name in self.texts]
        for path, text in zip(written, self.texts.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return str(written[0])

    def _is_here(self) -> bool:
        path = Path(self.profile)
        return path.is_file() and read(path).digest == self.digests[0]

    @staticmethod
    def found(browser: BrowserChoice) -> BrowserChoice:
        """The browser of the machine where this is called; a remote one is the same from everywhere."""
        return browser if browser.remote else find_browser(named=browser.executable_path)


def _texts(target: Target, root: Path) -> dict[str, str]:
    paths = [source.path.resolve() for source in target.sources if not source.path.resolve().is_relative_to(root)]
    common = os.path.commonpath([path.parent for path in paths])
    return {str(path.relative_to(common)): path.read_text(encoding="utf-8") for path in paths}
