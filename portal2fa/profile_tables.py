"""A profile as raw tables: read, laid over its base, and filled in from the environment; nothing is judged here."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal2fa.errors import ProfileError, UsageError
from portal2fa.profile_lines import Key, Lines
from portal2fa.profile_words import UNKNOWN, Complaint, nearest

Table = dict[str, Any]
WHOLE = frozenset({"start", "accounts", "mailbox"})
"""Tables that are replaced whole: half of one and half of another would not fit together."""
_OVERLAYS = ("screens", "locales")
_IN_LOCALE = ("language", "controls", "notices", "paths", "places")


@dataclass(frozen=True, slots=True)
class Source:
    """One file that a profile is made of, with what it says itself."""

    path: Path
    table: Table
    lines: Lines
    digest: str
    """SHA-256 of the text, the same for all kinds of line ends."""


def read(path: Path) -> Source:
    """Read a TOML file; raises `ProfileError` with the line where it is none."""
    hint = "mend the line that the cause names"
    try:
        text = path.read_text(encoding="utf-8")
        digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        return Source(path, tomllib.loads(text), Lines(text), digest)
    except OSError as error:
        hint = "give a file that you may read"
        raise ProfileError(f"{path} cannot be read.", cause=str(error.strerror), hint=hint, file=path) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        hint = f"save it as UTF-8; line {line} is the first that is not"
        raise ProfileError(f"{path} is not a TOML file.", cause=str(error), hint=hint, file=path, line=line) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise ProfileError(f"{path} is not a TOML file.", cause=str(error), hint=hint, file=path, line=line) from error


def read_all(path: Path, root: Path, seen: tuple[Path, ...] = ()) -> list[Source]:
    """The file at `path` and all that it stands on, itself first."""
    source = read(path)
    base = source.table.get("extends")
    if base is None:
        return [source]
    line = source.lines.line(("extends",))
    if path.resolve() in seen:
        what, hint = f"{path}: extends: goes in a circle.", "let one of the profiles stand on its own"
        raise ProfileError(what, hint=hint, file=path, line=line, key="extends")
    parent = path.parent / str(base)
    if not parent.is_file():
        parent = root / "fixtures" / "profiles" / f"{base}.toml"
    if not parent.is_file():
        what, hint = (
            f"{path}: extends: there is no profile '{base}'.",
            "name a shipped profile, or a file beside this one",
        )
        raise ProfileError(what, hint=hint, file=path, line=line, key="extends")
    return [source, *read_all(parent, root, (*seen, path.resolve()))]


def where(sources: list[Source], key: Key) -> tuple[Path, int] | None:
    """The file and the line that say `key`, or what holds it as a whole; None where no file does."""
    for part in _prefixes(key):
        for source in sources:
            if source.lines.knows(part):
                return source.path, source.lines.line(key)
    return None


def placed(sources: list[Source], key: Key) -> tuple[Path, int]:
    """The file that says `key`, and the line (from 1); the beginning of the profile where none does."""
    return where(sources, key) or (sources[0].path, 1)


def _prefixes(key: Key) -> Iterator[Key]:
    """The ways to the entry that one file replaces as a whole, the longest first."""
    depth = 1 if key[0] in WHOLE else 4 if key[0] in _OVERLAYS else 2
    for length in range(min(depth, len(key)), 0, -1):
        yield key[:length]


def merge(base: Table, over: Table) -> Table:
    """Lay `over` on `base`, table by table; whatever is not a table is replaced whole.

    A locator is replaced whole too: half of one and half of another would point at nothing.
    """
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if not (isinstance(value, dict) and isinstance(below, dict)) or key in WHOLE:
            merged[key] = value
        elif key in _OVERLAYS:
            merged[key] = {**below, **{name: _overlay(below.get(name), inner) for name, inner in value.items()}}
        else:
            merged[key] = {**below, **value}
    return merged


def _outdone(key: str, over: Table) -> bool:
    """Whether `over` says where the portal is in the other of the two ways: an address, or how to start it."""
    other = {"start": "url", "url": "start"}.get(key)
    return other is not None and other in over


def _overlay(below: object, over: object) -> object:
    return merge(below, over) if isinstance(below, dict) and isinstance(over, dict) else over


def merged(sources: list[Source]) -> Table:
    """The tables of all sources laid over one another, without `extends`."""
    table: Table = {}
    for source in reversed(sources):
        table = merge({key: value for key, value in table.items() if not _outdone(key, source.table)}, source.table)
    table.pop("extends", None)
    return table


def locale_complaints(locales: object) -> list[Complaint]:
    """What is wrong with the raw `[locales]`, before any of them is laid over the profile."""
    if not isinstance(locales, dict):
        return [Complaint("locales", "has to be a table", "write [locales.de.controls] and the like")]
    found = []
    for name, overlay in locales.items():
        if not isinstance(overlay, dict):
            found.append(Complaint(f"locales.{name}", "has to be a table", f"write [locales.{name}.controls]"))
            continue
        for key, value in overlay.items():
            if key not in _IN_LOCALE:
                remedy = nearest(key, _IN_LOCALE, f"known are: {', '.join(_IN_LOCALE)}")
                found.append(Complaint(f"locales.{name}.{key}", UNKNOWN, remedy))
            elif key != "language" and not isinstance(value, dict):
                found.append(Complaint(f"locales.{name}.{key}", "has to be a table", "write { name = …, … }"))
    return found


def in_locale(table: Table, locale: str) -> Table:
    """The table without its locales, as it holds in `locale`; raises `UsageError` for one that is not there."""
    locales = table.get("locales", {})
    plain = {key: value for key, value in table.items() if key != "locales"}
    if not locale:
        return plain
    if locale not in locales:
        raise UsageError(
            f"The profile has no locale '{locale}'.",
            cause=f"known locales: {', '.join(sorted(locales))}" if locales else "it has no [locales] at all",
            hint=nearest(locale, locales, "leave --locale out, or add [locales." + locale + "]"),
        )
    return merge(plain, locales[locale])


def is_variable(value: object) -> bool:
    """Whether a raw value is `$NAME`, to be read from the environment."""
    return isinstance(value, str) and re.fullmatch(r"\$[A-Z][A-Z0-9_]*", value) is not None


def variables(value: object, key: Key = ()) -> list[tuple[Key, str]]:
    """Every `$NAME` below a raw value, with where it stands."""
    if isinstance(value, dict):
        return [found for name, item in value.items() for found in variables(item, (*key, name))]
    if isinstance(value, list):
        return [found for number, item in enumerate(value) for found in variables(item, (*key, number))]
    return [(key, str(value)[1:])] if is_variable(value) else []


def wanted(table: Table) -> list[tuple[Key, str]]:
    """The environment variables that a profile asks for: they may stand in `[accounts]` and `[mailbox]`."""
    return [found for name in ("accounts", "mailbox") for found in variables(table.get(name), (name,))]


def filled(table: Table, environment: Mapping[str, str]) -> Table:
    """The table with every `$NAME` that the environment holds replaced; the others stay."""
    return {
        key: _filled(value, environment) if key in ("accounts", "mailbox") else value for key, value in table.items()
    }


def _filled(value: Any, environment: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(item, environment) for name, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, environment) for item in value]
    return environment.get(value[1:]) or value if is_variable(value) else value
