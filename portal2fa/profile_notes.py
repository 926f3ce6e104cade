"""What can be used but looks wrong in a profile: contradictions, fragile locators, things that stay untested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal2fa.profile import Capabilities, Profile
from portal2fa.profile_given import GIVEN
from portal2fa.profile_names import TABLES
from portal2fa.profile_words import Complaint

_RESTS_ON = {
    "backup_replacement": "backup_code",
    "manual_key": "time_based_tokens",
    "resend": "email_codes",
    "turn_off_password": "turn_off",
}
"""Capabilities that mean nothing without another one."""
_SPEAKS_OF = {
    ("backup_codes",): "backup_code",
    ("manual_key",): "manual_key",
    ("codes",): "time_based_tokens",
    ("wrong_code", "time_based"): "time_based_tokens",
    ("wrong_code", "email"): "email_codes",
}
"""Tables that only say more about what a capability declares."""
_GIVES = {"sign_in": "password"} | {
    path: value for path, value in GIVEN.items() if path.startswith(("confirm_", "sign_in_"))
}
"""The value that a path has to type somewhere."""


def notes(profile: Profile, own: Mapping[str, Any]) -> list[Complaint]:
    """Everything that deserves a second look; `own` is the raw table of the profile's own file."""
    return [
        *_untested(profile),
        *_left_behind(profile),
        *_capabilities(profile.capabilities),
        *_methods(profile),
        *_public(profile),
        *_not_offered(profile, own),
        *_unused_tables(profile, own),
        *_css_only(own),
        *_nothing_typed(profile),
    ]


def _untested(profile: Profile) -> Iterator[Complaint]:
    if profile.capabilities.email_codes and profile.mailbox.kind == "none":
        what = 'is "none", but capabilities.email_codes is true: mailed codes will stay untested'
        yield Complaint("mailbox.kind", what, "describe a mailbox in [mailbox]")


def _left_behind(profile: Profile) -> Iterator[Complaint]:
    accounts = profile.accounts
    if accounts.kind == "command" and profile.url and not (accounts.remove or accounts.password):
        what = "makes accounts that `portal2fa restore` can neither put back nor remove after a run that was killed"
        yield Complaint("accounts.make", what, "add 'remove', or 'password' where accounts are to stay")


def _capabilities(capabilities: Capabilities) -> Iterator[Complaint]:
    for name, other in _RESTS_ON.items():
        if capabilities.offers(name) and not capabilities.offers(other):
            yield Complaint(f"capabilities.{name}", f"is true without {other}", f"set it to false, or {other} to true")
    if not (capabilities.time_based_tokens or capabilities.email_codes):
        what = "no second factor is declared at all, so that next to nothing is applicable"
        yield Complaint("capabilities", what, "set time_based_tokens or email_codes to true")


def _methods(profile: Profile) -> Iterator[Complaint]:
    both = profile.capabilities.time_based_tokens and profile.capabilities.email_codes
    if profile.methods.together and not both:
        yield Complaint("methods.together", "is true, but only one method is declared", "set it to false")
    if "set_up_demanded" in profile.notices and not profile.methods.forced:
        yield Complaint("notices.set_up_demanded", "is described, although methods.forced is false", "set it to true")


def _public(profile: Profile) -> Iterator[Complaint]:
    protected = profile.places.get("protected", ())
    public = {profile.places.get("front"), profile.places.get("sign_in")}
    for address in [protected] if isinstance(protected, str) else protected:
        if address in public:
            what = f"lists {address}, which anybody can open"
            yield Complaint("places.protected", what, "list places that need a sign-in only")


def _not_offered(profile: Profile, own: Mapping[str, Any]) -> Iterator[Complaint]:
    for table, names in TABLES.items():
        for name in own.get(table, {}):
            needs = names[name].capability if name in names else ""
            if needs and not profile.capabilities.offers(needs) and not _is_used(profile, table, name):
                yield _idle(f"{table}.{name}", needs)


def _unused_tables(profile: Profile, own: Mapping[str, Any]) -> Iterator[Complaint]:
    for way, needs in _SPEAKS_OF.items():
        said: Any = own
        for part in way:
            said = said.get(part, {})
        if said and not profile.capabilities.offers(needs):
            yield _idle(".".join(way), needs)


def _idle(key: str, needs: str) -> Complaint:
    what = f"is described, although capabilities.{needs} is false"
    return Complaint(key, what, f"remove it, or set capabilities.{needs} = true")


def _is_used(profile: Profile, table: str, name: str) -> bool:
    actions = (action for path in profile.paths.values() for action in path)
    return table == "controls" and any(action.control == name for action in actions)


def _css_only(own: Mapping[str, Any], prefix: str = "") -> Iterator[Complaint]:
    for table in ("controls", "notices"):
        for name, said in own.get(table, {}).items():
            for number, locator in enumerate(said if isinstance(said, list) else [said]):
                if isinstance(locator, dict) and locator.get("css"):
                    key = f"{prefix}{table}.{name}" + (f"[{number}]" if isinstance(said, list) else "")
                    what = "is found by CSS only, which no person sees and a rebuilt page changes"
                    yield Complaint(key, what, "use a role and name, a label or a text where there is one")
    for overlays in ("screens", "locales"):
        for name, overlay in own.get(overlays, {}).items():
            if isinstance(overlay, dict):  # a locale that is none is an error already
                yield from _css_only(overlay, f"{overlays}.{name}.")


def _nothing_typed(profile: Profile) -> Iterator[Complaint]:
    for path, value in _GIVES.items():
        actions = profile.paths.get(path)
        if actions and not any(f"{{{value}}}" in action.value for action in actions):
            yield Complaint(f"paths.{path}", f"never types {{{value}}}", f'add {{ fill = …, with = "{{{value}}}" }}')
