"""Declared capabilities against what was seen: what is declared and missing, what is there and declared absent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from portal2fa.clauses import Label
from portal2fa.doctor_edits import Seen
from portal2fa.doctor_wordings import CHOICE, FRONT, OFF, ON, PAGES, SET_UP, SIGNS, Pages, methods, sighted, states
from portal2fa.profile import METHODS, Capabilities, Profile
from portal2fa.profile_names import TABLES


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a capability: well, a problem with other entries that may be wrong instead, or why nothing."""

    name: str
    word: str
    """`ok`, `problem` or `unknown`."""
    said: str
    suspects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sights:
    """What the examination saw."""

    pages: Pages = field(default_factory=dict)
    replaced: bool | None = None
    """Whether a new backup code came for a used one; None where that was not tried."""
    key_shown: bool | None = None
    """Whether the secret of a QR code stood beside it to be read; None where none was scanned."""


def judged(
    profile: Profile, *, right: Collection[str], wrong: Collection[str], sights: Sights, labels: Mapping[str, Label]
) -> Iterator[Told]:
    """What is said of each capability; `right` and `wrong` are the entries that were found and that were not."""
    for name in Capabilities.model_fields:
        if name == "backup_replacement":
            yield from _replacement(profile, sights.replaced)
        elif profile.capabilities.offers(name):
            yield _declared(name, right, wrong)
        elif name in _OF_THEIR_OWN:
            yield _OF_THEIR_OWN[name](profile, sights, right)
        else:
            yield _absent(name, sights, labels)


def _needed(name: str) -> list[str]:
    """The entries by which a capability is known."""
    return [
        f"{table}.{entry}" for table, names in TABLES.items() for entry, known in names.items() if known.when == name
    ]


def _declared(name: str, right: Collection[str], wrong: Collection[str]) -> Told:
    entries = _needed(name) or [f"paths.choose_{method}" for method in METHODS]
    missing = [entry for entry in entries if entry in wrong]
    seen = [entry for entry in entries if entry in right]
    if seen and not missing:
        return Told(name, "ok", f"declared, and seen by {seen[0]}")
    if missing and not seen:
        return Told(name, "problem", "is declared, but nothing of it was found", tuple(missing))
    if missing:
        return Told(name, "ok", f"declared, and seen by {seen[0]}; {missing[0]} has to be mended")
    return Told(name, "unknown", "nothing of it could be looked at")


# --- declared absent ------------------------------------------------------------------------------------------------


def _absent(name: str, sights: Sights, labels: Mapping[str, Label]) -> Told:
    """What the words on the pages say against it."""
    sign = SIGNS[name]
    found = sighted(sign, sights.pages, labels)
    if found is None and sign.page not in sights.pages:
        return _not_come_to(name, sign.page)
    if found is None:
        return _not_seen(name, f"nothing with a usual wording was seen on {PAGES[sign.page]}")
    what = _quoted(found.seen)
    if found.sure:
        return Told(name, "problem", f"is declared absent, but {what} was seen")
    return Told(name, "unknown", f"is declared absent, and {what} may be it: look at what it does")


def _not_seen(name: str, said: str) -> Told:
    """A capability of which nothing was seen: it may have another wording, or stand where nobody came to."""
    return Told(name, "unknown", f"is declared absent; {said}, which does not prove it")


def _not_come_to(name: str, page: str) -> Told:
    return Told(name, "unknown", f"is declared absent; {PAGES[page]}, where it shows, was not come to")


def _quoted(seen: Seen) -> str:
    return f'the {seen.role} "{seen.name}"'


def _front_page(profile: Profile, sights: Sights, right: Collection[str]) -> Told:
    if FRONT not in sights.pages and "places.front" in right:
        return Told("front_page", "ok", "declared absent, and places.front shows the sign-in itself")
    return _absent("front_page", sights, {})


def _known_status(profile: Profile, sights: Sights, right: Collection[str]) -> Told:
    for page in (OFF, ON):
        if page not in sights.pages:
            return _not_come_to("known_status", page)
    if said := states(sights.pages):
        both = f"{_quoted(said[0])} was seen while none is on, and {_quoted(said[1])} while one is"
        return Told("known_status", "problem", f"is declared absent, but {both}")
    return _not_seen("known_status", "the two-factor settings say the state in no usual words")


def _method_selection(profile: Profile, sights: Sights, right: Collection[str]) -> Told:
    if CHOICE not in sights.pages:
        return _not_come_to("method_selection", CHOICE)
    if both := methods(sights.pages[CHOICE]):
        said = f"is declared absent, but {_quoted(both[0])} and {_quoted(both[1])} were seen"
        return Told("method_selection", "problem", said)
    return _not_seen("method_selection", "no two methods with usual wordings can be marked where one is chosen")


def _manual_key(profile: Profile, sights: Sights, right: Collection[str]) -> Told:
    if sights.key_shown:
        return Told("manual_key", "problem", "is declared absent, but the secret of the QR code stands on its page")
    if sights.key_shown is None and SET_UP in sights.pages:
        return Told(
            "manual_key", "unknown", "is declared absent; no QR code was scanned whose secret could be looked for"
        )
    return _absent("manual_key", sights, {})


def _turn_off_password(profile: Profile, sights: Sights, right: Collection[str]) -> Told:
    """Whether one is asked for shows by the way off alone: a field for one may belong to something else."""
    name = "turn_off_password"
    ways = [way for way in ("turn_off", *(f"turn_off_{method}" for method in METHODS)) if way in profile.paths]
    for way in ways:
        if any("{password}" in action.value for action in profile.paths[way]):
            return Told(name, "problem", f"is declared absent, but paths.{way} types one", (f"paths.{way}",))
    led = next((way for way in ways if f"paths.{way}" in right), "")
    if led:
        return Told(name, "ok", f"declared absent, and paths.{led} turned a factor off without one")
    return Told(name, "unknown", "is declared absent; no factor was turned off, which would have shown it")


_OF_THEIR_OWN: Mapping[str, Callable[[Profile, Sights, Collection[str]], Told]] = {
    "front_page": _front_page,
    "known_status": _known_status,
    "method_selection": _method_selection,
    "manual_key": _manual_key,
    "turn_off_password": _turn_off_password,
}
"""Capabilities that show by more than a wording."""


def _replacement(profile: Profile, replaced: bool | None) -> Iterator[Told]:
    name, declared = "backup_replacement", profile.capabilities.backup_replacement
    if replaced is None:
        yield Told(name, "unknown", "no backup code was used")
    elif replaced == declared:
        yield Told(name, "ok", "a new backup code came for the used one" if replaced else "none came, as declared")
    elif declared:
        yield Told(
            name, "problem", "is declared, but no new backup code came for the used one", ("controls.backup_code",)
        )
    else:
        yield Told(name, "problem", "is declared absent, but a new backup code came for the used one")
