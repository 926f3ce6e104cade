"""The survivors that were looked at: why each may live is in `kept.toml`, by what a mutant is known by."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from mutation.mutants import Name

KEPT = Path(__file__).with_name("kept.toml")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a run found other than what is kept."""

    unexplained: tuple[Name, ...]
    """Survivors that nobody has explained."""
    killed: tuple[Name, ...]
    """Kept as survivors, and somebody notices them now."""
    gone: tuple[Name, ...]
    """Kept, and no mutant of today."""

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.unexplained or self.killed or self.gone)


def read(path: Path = KEPT) -> dict[Name, str]:
    """Return every kept mutant with the reason; raises ValueError where an entry has none."""
    entries = tomllib.loads(path.read_text("utf-8")).get("survivor", [])
    kept = {}
    for entry in entries:
        reason = entry.pop("reason", "")
        name = Name(**entry)
        if not reason:
            raise ValueError(f"no reason is given for {name}")
        kept[name] = str(reason)
    return kept


def compare(
    kept: Collection[Name], survivors: Iterable[Name], judged: Collection[Name], modules: Collection[str]
) -> Difference:
    """Hold the survivors among the mutants that were `judged` to those that are kept, in the `modules` of the run."""
    living = set(survivors)
    here = [name for name in kept if name.module in modules]
    return Difference(
        unexplained=tuple(sorted(living - set(kept))),
        killed=tuple(sorted(name for name in here if name in judged and name not in living)),
        gone=tuple(sorted(name for name in here if name not in judged)),
    )
