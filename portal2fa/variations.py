"""The catalogue of variations: portals that are as right as the reference portal, each with the profile that tells it.

    reference_server/variations/catalogue.toml  ──load_variations──▶  Variation   id, title, what differs, its profile

The file is data that the server reads as well; no code is shared.  The verdict on every one of them has to be that of
the reference portal: where it is not, a step or the profile language knows only one way to be right.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal2fa.errors import UsageError

_KEYS = ("id", "title", "differs", "profile")
_ID = re.compile(r"(?=.{1,63}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Variation:
    """A portal that is as right as the reference portal, and other than it in one way."""

    id: str
    """Its name, which is also the label before `.localhost` under which it is served."""
    title: str
    """What differs, in a few words."""
    differs: str
    """The same in a sentence, as a person would notice it."""
    profile: str
    """The profile that describes it: a file, or the name of a shipped one that does as it is."""


def load_variations(catalogue: Path) -> tuple[Variation, ...]:
    """Every variation that is declared, in its order; raises `UsageError` with the place of what cannot be used."""
    try:
        tables = tomllib.loads(catalogue.read_text(encoding="utf-8")).get("variation", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise UsageError(
            f"{catalogue}: cannot be read as TOML.", cause=str(broken), hint="correct that place"
        ) from broken
    found: dict[str, Variation] = {}
    for number, table in enumerate(tables, start=1):
        variation = _read(catalogue, number, table)
        if variation.id in found:
            raise _wrong(catalogue, number, f"{variation.id} is there twice.", "give one of them another id")
        found[variation.id] = variation
    if not found:
        raise UsageError(f"{catalogue}: no variations are declared there.", hint="write [[variation]] tables")
    return tuple(found.values())


def choose_variations(variations: Sequence[Variation], ids: Iterable[str]) -> tuple[Variation, ...]:
    """The variations called `ids`, all of them where none is named; raises `UsageError` for names there are not."""
    wanted = list(ids)
    names = [variation.id for variation in variations]
    for name in wanted:
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            hint = f"did you mean {near[0]}?" if near else "`portal2fa variations list` lists all of them"
            raise UsageError(f"There is no variation called {name}.", hint=hint)
    return tuple(variation for variation in variations if not wanted or variation.id in wanted)


def _read(catalogue: Path, number: int, table: Mapping[str, Any]) -> Variation:
    for key in table.keys() - set(_KEYS):
        raise _wrong(catalogue, number, f"{key}: there is no such key.", f"use {', '.join(_KEYS)}")
    for key in _KEYS[:3]:
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise _wrong(catalogue, number, f"{key}: a text is needed here.", f'write {key} = "…"')
    if not _ID.fullmatch(table["id"]):
        raise _wrong(catalogue, number, f"{table['id']!r} cannot be the label of a host.", "write it like dark-theme")
    own = catalogue.parent / "profiles" / f"{table['id']}.toml"
    profile = str(table.get("profile", own))
    if profile == str(own) and not own.is_file():
        raise _wrong(catalogue, number, f"there is no profile at {own}.", 'write it, or say profile = "reference"')
    return Variation(table["id"], table["title"], table["differs"], profile)


def _wrong(catalogue: Path, number: int, what: str, hint: str) -> UsageError:
    return UsageError(f"{catalogue}: variation[{number}]: {what}", hint=hint)
