"""Declared capabilities against what was seen: what is declared and missing, what is there and declared absent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal2fa.clauses import Label, normalise_label
from portal2fa.doctor_edits import Seen
from portal2fa.profile import METHODS, Capabilities, Profile
from portal2fa.profile_names import TABLES

_WORDINGS: Mapping[str, tuple[str, ...]] = {
    "store_links": ("Google Play", "App Store"),
    "live_chat": ("Live Chat",),
    "support_link": ("Submit a Support Ticket",),
    "help_link": ("What is Two-Factor Authentication (2FA)?",),
    "cancel": ("Cancel",),
    "resend": ("Send a new code", "Resend code", "Send again"),
}
"""How portals word what a capability stands for, where the register has no label."""
_IN_SET_UP = ("cancel",)
"""Capabilities whose wording means something in a set-up only."""
_USED = ("link", "button", "menuitem", "tab", "radio", "checkbox", "textbox", "option")
"""Roles of what people use; a heading or a text offers nothing."""
_LABELLED = {"time_based_tokens": "time_based", "email_codes": "email", "backup_code": "backup_code"}
"""The documented control by which a capability is known."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a capability: well, a problem with other entries that may be wrong instead, or why nothing."""

    name: str
    word: str
    """`ok`, `problem` or `unknown`."""
    said: str
    suspects: tuple[str, ...] = ()


def judged(
    profile: Profile,
    *,
    right: Collection[str],
    wrong: Collection[str],
    everywhere: Iterable[Seen],
    set_up: Iterable[Seen],
    labels: Mapping[str, Label],
    replaced: bool | None,
) -> Iterator[Told]:
    """What is said of each capability.

    `right` and `wrong` are the entries that were found and that were not, `everywhere` is what stood on any page
    and `set_up` what stood in a set-up, `replaced` whether a new backup code came for a used one (None: not tried).
    """
    pages = {True: list(set_up), False: list(everywhere)}
    for name in Capabilities.model_fields:
        if name == "backup_replacement":
            yield from _replacement(profile, replaced)
        elif profile.capabilities.offers(name):
            yield _declared(name, right, wrong)
        else:
            yield _absent(name, pages[name in _IN_SET_UP], labels)


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


def _absent(name: str, page: Collection[Seen], labels: Mapping[str, Label]) -> Told:
    label = labels.get(_LABELLED.get(name, ""))
    wordings = [*([label.text, *label.also] if label else []), *_WORDINGS.get(name, ())]
    plain = {normalise_label(text) for text in wordings}
    found = next((seen for seen in page if normalise_label(seen.name) in plain and seen.role in _USED), None)
    if found is not None:
        return Told(name, "problem", f'is declared absent, but the {found.role} "{found.name}" was seen')
    if not wordings:
        return Told(name, "unknown", "is declared absent; that is not looked for")
    return Told(name, "ok", "declared absent, and nothing with a usual wording was seen")


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
