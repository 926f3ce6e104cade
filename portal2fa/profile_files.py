"""Finding and reading profiles: by name, by file, or from nothing but an address.

A name is looked up among the shipped profiles (`fixtures/profiles/`) and, in a checkout, among the portals under
`tests/portals/`.  An address is judged with the shipped `documented` profile, which expects every label as the
help text has it; the account then comes from the environment.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from portal2fa.errors import ProfileError, UsageError
from portal2fa.profile import Profile
from portal2fa.profile_checks import complaints
from portal2fa.profile_entry import names_a_user
from portal2fa.profile_lines import Key
from portal2fa.profile_passwords import in_the_file
from portal2fa.profile_tables import Source, Table, filled, in_locale, locale_complaints, merged, read, read_all, wanted
from portal2fa.profile_words import UNKNOWN, Complaint, in_words, key_in_words

DOCUMENTED = "documented"
_STAND_INS = {"url": "https://unset.invalid", "port": 60, "seconds": 60, "settle": 60, "resend_after": 60}
"""What stands for a variable that is not set, where its name would hide other mistakes; nothing is ever run with it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A profile that can be used, the file it came from, and a digest of all it says."""

    profile: Profile
    path: Path
    digest: str
    given: str = ""
    """What was asked for, so that it can be asked for again from anywhere: an address, or the path of the file."""
    locale: str = ""
    """The entry of `[locales]` that was laid over the profile."""
    sources: tuple[Source, ...] = ()
    """The files that the profile is made of, its own first."""


def find_root() -> Path:
    """The folder that holds `features/`, `steps/` and `fixtures/`: the wheel's suite, or the checkout."""
    package = Path(__file__).resolve().parent
    for root in (package / "suite", package.parent):
        if (root / "features").is_dir() and (root / "steps").is_dir():
            return root
    raise UsageError(
        "The features that belong to portal2fa are missing.",
        cause=f"neither {package / 'suite'} nor {package.parent} holds features/ and steps/",
        hint="install portal2fa again, from a wheel or from a full checkout",
    )


def shipped(root: Path) -> dict[str, Path]:
    """The profiles that can be named on the command line, by name."""
    files = [
        *sorted((root / "fixtures" / "profiles").glob("*.toml")),
        *sorted(root.glob("tests/portals/*/profile.toml")),
    ]
    return {str(read(path).table.get("name", path.stem)): path for path in files}


def short(path: Path) -> str:
    """The path from here, if it lies below; editors and terminals find the line by it."""
    path = path.resolve()
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def find_profile(target: str, root: Path) -> Path:
    """The file of a profile that is named or given as a file; raises `UsageError` that names near ones."""
    path = Path(target)
    if path.suffix == ".toml" or "/" in target:
        if not path.is_file():
            refuse_user(target)
            hint = "give the path of a .toml file, a name, or an address"
            raise UsageError(f"There is no profile at {target}.", hint=hint)
        return path
    names = shipped(root)
    if target not in names:
        refuse_user(target)
        near = difflib.get_close_matches(target, names, 1)
        raise UsageError(
            f"There is no target called '{target}'.",
            cause=f"known targets: {', '.join(sorted(names))}",
            hint=f"did you mean '{near[0]}'?" if near else "give one of these names, a .toml file, or an address",
        )
    return names[target]


def refuse_user(address: str) -> None:
    """Raise `UsageError` for an address with a user name before its host: it would be in all that is written of it."""
    if names_a_user(address):
        raise UsageError(
            "No user name and no password belongs in the address.",
            hint="leave out what stands before the '@'; accounts and passwords are given by other means",
        )


def load_target(target: str, root: Path, environment: Mapping[str, str] = os.environ, *, locale: str = "") -> Target:
    """Read the profile that `target` (a name, a file or an address) stands for, completely checked.

    `locale` lays one of the profile's `[locales]` over it; raises `UsageError` for one that it does not have.
    """
    address = target if re.match(r"^https?://", target) else ""
    refuse_user(address)
    path = shipped(root)[DOCUMENTED] if address else find_profile(target, root)
    sources = read_all(path, root)
    table = merged(sources)
    if locale and (found := locale_complaints(table.get("locales", {}))):
        raise _refusal(path, found)
    table = in_locale(table, locale) | ({"url": address} if address else {})
    own = sources[0].table
    own = in_locale(own, locale if locale in own.get("locales", {}) else "")
    loaded = _load(path, table, own, environment)
    given = address or str(path.resolve())
    return replace(loaded, given=given, locale=locale, sources=tuple(sources))


def _load(path: Path, table: Table, own: Table, environment: Mapping[str, str]) -> Target:
    profile, found = judged(table, own, environment)
    if found:
        raise _refusal(path, found)
    for key, name in _unset(table, environment):
        raise ProfileError(
            f"{path}: {key_in_words(key)}: the environment variable {name} is not set.",
            hint=f"set it, for example: export {name}=…",
        )
    assert profile is not None  # without a complaint, only a variable that is not set can have spoilt it
    public = profile.model_dump_json(
        exclude={"accounts": True, "url": True, "mailbox": {"username": True, "password": True}}
    )
    return Target(profile, path.resolve(), "sha256:" + hashlib.sha256(public.encode()).hexdigest())


def judged(table: Table, own: Table, environment: Mapping[str, str]) -> tuple[Profile | None, list[Complaint]]:
    """The profile that a raw table without locales makes, and all that is wrong with it.

    Variables that are not set are no complaint; where one leaves nothing to read, there is no profile either.
    """
    secrets = in_the_file(table)
    table = {"accounts": {}} | filled(table, environment)
    unset = [key for key, _ in _unset(table, environment)]
    for key in unset:
        table = _with_stand_in(table, key)
    try:
        profile = Profile.model_validate(table)
    except ValidationError as error:
        places = {key_in_words(key) for key in unset}
        found = in_words(error, table)
        return None, [*(told for told in found if told.what == UNKNOWN or told.key not in places), *secrets]
    return profile, [*complaints(profile, own), *secrets]


def _unset(table: Table, environment: Mapping[str, str]) -> list[tuple[Key, str]]:
    return [(key, name) for key, name in wanted(table) if not environment.get(name)]


def _with_stand_in(table: Table, key: Key) -> Table:
    if key[-1] not in _STAND_INS or len(key) != 2:
        return table
    first, last = key
    return table | {str(first): table[str(first)] | {last: _STAND_INS[str(last)]}}


def _refusal(path: Path, found: list[Complaint]) -> ProfileError:
    return ProfileError(
        f"{path} cannot be used as a profile; to mend: {len(found)}.\n    " + "\n    ".join(map(str, found)),
        hint=f"`portal2fa profile check {path}` names the lines, `portal2fa profile show {DOCUMENTED}` an example",
    )
