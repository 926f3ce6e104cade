"""Which entries of a profile a run came to, which it never did, and which point at the page in CSS only.

An entry says where the portal has something: a control, a notice, a place, a step of a path, a pattern.  While it is
not exercised it may be wrong without anybody noticing.  Entries that go with a capability declared absent are left
out, unless they were of use all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from portal2fa.outcomes import ProfileEntry, ProfileFile
from portal2fa.profile import Narrow, Profile
from portal2fa.profile_files import Target
from portal2fa.profile_names import TABLES
from portal2fa.profile_tables import Source, where
from portal2fa.profile_words import key_in_parts

_PATTERNS = {
    "backup_codes": ("pattern",),
    "manual_key": ("pattern",),
    "mailbox": ("code_pattern", "sender_pattern", "subject_pattern", "lifetime_pattern", "link_pattern"),
}


def files(target: Target, root: Path) -> tuple[ProfileFile, ...]:
    """The files that the target's profile is made of, its own first."""
    return tuple(ProfileFile(known_as(source.path, root), source.digest) for source in target.sources)


def known_as(path: Path, root: Path) -> str:
    """A file of a profile as reports call it: by its path in the suite, or by its name where it lies elsewhere."""
    path = path.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def entries(target: Target, root: Path, used: Collection[str]) -> tuple[ProfileEntry, ...]:
    """All entries of the target's profile; `used` are the key paths of those that were of use."""
    profile, sources = target.profile, list(target.sources)
    by_css = set(_css_only(profile))
    found = []
    for key in _keys(profile):
        if key in used or _is_offered(profile, key):
            file, line = _said(sources, key, target.locale)
            found.append(ProfileEntry(key, known_as(file, root) if line else "", line, key in used, key in by_css))
    return tuple(found)


def _keys(profile: Profile) -> Iterator[str]:
    for place, said in profile.places.items():
        yield from [f"places.{place}"] if isinstance(said, str) else _numbered(f"places.{place}", len(said))
    yield from _of_narrow(profile, "")
    yield from (f"notices.{name}" for name in profile.notices)
    for name, screen in profile.screens.items():
        yield from _of_narrow(screen, f"screens.{name}.")
    for table, names in _PATTERNS.items():
        said = getattr(profile, table)
        yield from (f"{table}.{name}" for name in names if name in said.model_fields_set and getattr(said, name))


def _of_narrow(said: Profile | Narrow, prefix: str) -> Iterator[str]:
    yield from (f"{prefix}controls.{name}" for name in said.controls)
    for name, path in said.paths.items():
        yield from _numbered(f"{prefix}paths.{name}", len(path))


def _numbered(key: str, length: int) -> list[str]:
    return [f"{key}[{number}]" for number in range(length)]


def _css_only(profile: Profile) -> Iterator[str]:
    tables = [("controls", profile.controls), ("notices", profile.notices)]
    tables += [(f"screens.{name}.controls", screen.controls) for name, screen in profile.screens.items()]
    for table, said in tables:
        yield from (f"{table}.{name}" for name, locators in said.items() if all(found.css for found in locators))


def _is_offered(profile: Profile, key: str) -> bool:
    """Whether the portal is said to have what the entry is there for."""
    *_, table, name = [part for part in key_in_parts(key) if isinstance(part, str)]
    known = TABLES.get(table, {}).get(name)
    return known is None or not known.capability or profile.capabilities.offers(known.capability)


def _said(sources: list[Source], key: str, locale: str) -> tuple[Path, int]:
    """The file and the line of an entry, 0 where it stands in none; what a locale says outranks all else."""
    parts = key_in_parts(key)
    overlay = ("locales", locale, *parts)
    in_locale = any(source.lines.knows(overlay[:4]) for source in sources)
    return where(sources, overlay if locale and in_locale else parts) or (Path(), 0)
