"""Which scenarios a target can be asked at all: what it declares absent, what the tester lacks, what nobody allowed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from portal2fa.facts import in_words
from portal2fa.outcomes import Outcome
from portal2fa.profile import CAPABILITY_OF, Profile

DEFAULT_CLASSES = frozenset({"passive", "active", "two-user"})
"""Run classes that need no consent; destructive scenarios (lock-outs, bursts) do."""

SHAPES: Mapping[str, tuple[Callable[[Profile], bool], str]] = MappingProxyType(
    {
        "one-method": (lambda profile: not profile.methods.together, "lets an account have several methods on at once"),
        "several-methods": (lambda profile: profile.methods.together, "lets an account have one method on at a time"),
        "demanded-factor": (
            lambda profile: profile.methods.forced,
            "leaves it to the customer to have a second factor",
        ),
        "free-choice": (lambda profile: not profile.methods.forced, "demands a second factor of everybody"),
        "sign-out": (lambda profile: "sign_out" in profile.paths, "has no way to sign out that paths.sign_out tells"),
        "new-backup-code": (
            lambda profile: "new_backup_code" in profile.paths,
            "has no way to a new backup code that paths.new_backup_code tells",
        ),
        "password-reset": (
            lambda profile: "ask_for_new_password" in profile.paths,
            "has no way to a new password that paths.ask_for_new_password tells",
        ),
        "address-change": (
            lambda profile: "change_address" in profile.paths,
            "has no way to another mail address that paths.change_address tells",
        ),
        "told-limit": (
            lambda profile: "throttled" in profile.notices,
            "does not say, by a notice called throttled, when too many codes were wrong",
        ),
        "deep-links": (
            lambda profile: "deep_link" in profile.places,
            "leads on to no place that places.deep_link tells",
        ),
        "spaced-codes": (
            lambda profile: profile.codes.spaces,
            "is not said, by codes.spaces, to take a code with the space in which apps show it",
        ),
        "any-case": (
            lambda profile: profile.backup_codes.any_case,
            "is not said, by backup_codes.any_case, to take a backup code in small letters",
        ),
    }
)
"""The `@requires.…` tags that are no capability but follow from how methods go together, and from optional entries:
when a portal fits, and what it does where it does not."""


_METHODS = frozenset(capability.replace("_", "-") for capability in CAPABILITY_OF.values())
"""The names of the `@requires.…` tags that ask for a method."""


def gate(
    profile: Profile,
    tags: Iterable[str],
    *,
    absent: Mapping[str, str] = MappingProxyType({}),
    allowed: Collection[str] = (),
) -> tuple[Outcome, str] | None:
    """Why a scenario with `tags` does not run on this target, or None when it does.

    `absent` are means that the profile declares but this machine lacks, with the reason; `allowed` are run classes that
    were consented to beyond the default ones.  What the portal does not offer outranks what the tester lacks: it stays
    inapplicable whatever means there are.  Of several things that it does not offer a method is told, without which the
    others would not help.
    """
    parts = sorted((tag.partition(".")[::2] for tag in tags), key=lambda part: (part[1] not in _METHODS, part))
    for kind, name in parts:
        if kind == "requires" and (lack := _lack(profile, name)):
            return Outcome.INAPPLICABLE, f"the profile '{profile.name}' declares that the portal {lack}"
    for kind, name in parts:
        if kind == "needs" and not profile.means[name]:
            return Outcome.UNTESTED, f"the profile '{profile.name}' gives the tester no {in_words(name)}"
        if kind == "needs" and name in absent:
            return Outcome.UNTESTED, absent[name]
        if kind == "class" and name not in DEFAULT_CLASSES and name not in allowed:
            return Outcome.UNTESTED, f"{name} scenarios were not consented to: --allow {name}=HOST names the host"
    return None


def _lack(profile: Profile, name: str) -> str:
    """Why the portal is not what a `@requires.…` tag asks for, as it goes on from "the portal"; empty where it is."""
    if name in SHAPES:
        fits, instead = SHAPES[name]
        return "" if fits(profile) else instead
    return "" if profile.capabilities.offers(name) else f"offers no {in_words(name.replace('-', '_'))}"
