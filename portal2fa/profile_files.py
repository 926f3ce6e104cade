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
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from portal2fa.errors import ProfileError, UsageError
from portal2fa.profile import Profile
from portal2fa.profile_checks import Complaint, complaints

DOCUMENTED = "documented"
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """A profile that can be used, the file it came from, and a digest of all it says."""

    profile: Profile
    path: Path
    digest: str


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
    return {str(_read(path).get("name", path.stem)): path for path in files}


def load_target(target: str, root: Path, environment: Mapping[str, str] = os.environ) -> Target:
    """Read the profile that `target` (a name, a file or an address) stands for, completely checked."""
    if re.match(r"^https?://", target):
        return _load(shipped(root)[DOCUMENTED], root, environment, url=target)
    path = Path(target)
    if path.suffix == ".toml" or "/" in target:
        if not path.is_file():
            raise UsageError(
                f"There is no profile at {target}.", hint="give the path of a .toml file, a name, or an address"
            )
        return _load(path, root, environment)
    names = shipped(root)
    if target not in names:
        near = difflib.get_close_matches(target, names, 1)
        raise UsageError(
            f"There is no target called '{target}'.",
            cause=f"known targets: {', '.join(sorted(names))}",
            hint=f"did you mean '{near[0]}'?" if near else "give one of these names, a .toml file, or an address",
        )
    return _load(names[target], root, environment)


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProfileError(f"{path} cannot be read.", cause=str(error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(
            f"{path} is not a TOML file.", cause=str(error), hint="mend the line that the cause names"
        ) from error


def _merge(base: Table, over: Table) -> Table:
    """Lay `over` on `base`, table by table; whatever is not a table is replaced whole.

    A locator is replaced whole too: half of one and half of another would point at nothing.
    """
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        nested = isinstance(value, dict) and isinstance(below, dict) and key not in {"start", "accounts", "mailbox"}
        merged[key] = {**below, **value} if nested else value  # type: ignore[dict-item]
    return merged


def _with_base(path: Path, root: Path, seen: tuple[Path, ...] = ()) -> Table:
    table = _read(path)
    base = table.pop("extends", None)
    if base is None:
        return table
    if path in seen:
        raise ProfileError(f"{path}: extends: goes in a circle.", hint="let one of the profiles stand on its own")
    parent = path.parent / str(base)
    if not parent.is_file():
        parent = root / "fixtures" / "profiles" / f"{base}.toml"
    if not parent.is_file():
        raise ProfileError(
            f"{path}: extends: there is no profile '{base}'.", hint="name a shipped profile, or a file beside this one"
        )
    return _merge(_with_base(parent, root, (*seen, path)), table)


def _expand(value: Any, environment: Mapping[str, str], path: Path, key: str) -> Any:
    """Replace `$NAME` in the values of `[accounts]` and `[mailbox]` by what the environment holds."""
    if isinstance(value, dict):
        return {name: _expand(item, environment, path, f"{key}.{name}") for name, item in value.items()}
    if isinstance(value, list):
        return [_expand(item, environment, path, f"{key}[{number}]") for number, item in enumerate(value)]
    if not (isinstance(value, str) and re.fullmatch(r"\$[A-Z][A-Z0-9_]*", value)):
        return value
    if not environment.get(value[1:]):
        raise ProfileError(
            f"{path}: {key}: the environment variable {value[1:]} is not set.",
            hint=f"set it, for example: export {value[1:]}=…",
        )
    return environment[value[1:]]


def _key(location: tuple[int | str, ...]) -> str:
    named = [part for part in location if isinstance(part, int) or not re.fullmatch(r"str|tuple\[.*|\[key\]", part)]
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in named)
    return text.lstrip(".")


def _remedy(error_type: str, message: str) -> str:
    return {
        "missing": "add this entry",
        "extra_forbidden": "remove it, or mend its spelling",
    }.get(error_type, message)


def _validate(path: Path, table: Table, own: Collection[str]) -> Profile:
    try:
        profile = Profile.model_validate(table)
    except ValidationError as error:
        found = [
            Complaint(_key(e["loc"]), e["msg"].removeprefix("Value error, "), _remedy(e["type"], ""))
            for e in error.errors()
        ]
        raise _refusal(path, found) from error
    if found := complaints(profile, own):
        raise _refusal(path, found)
    return profile


def _refusal(path: Path, found: list[Complaint]) -> ProfileError:
    lines = [f"{c.key}: {c.what}" + (f" — {c.remedy}" if c.remedy else "") for c in found]
    return ProfileError(
        f"{path} cannot be used as a profile; to mend: {len(found)}.\n    " + "\n    ".join(lines),
        hint="fixtures/profiles/documented.toml is a complete example",
    )


def _load(path: Path, root: Path, environment: Mapping[str, str], url: str = "") -> Target:
    table = _with_base(path, root)
    if url:
        table["url"] = url
    for key in ("accounts", "mailbox"):
        table[key] = _expand(table.get(key, {}), environment, path, key)
    profile = _validate(path, table, _read(path).get("controls", {}))
    public = profile.model_dump_json(exclude={"accounts", "url"})
    return Target(profile, path.resolve(), "sha256:" + hashlib.sha256(public.encode()).hexdigest())
