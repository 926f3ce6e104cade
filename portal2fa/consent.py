"""Consent to harmful run classes: given on the command line, for one host by its name, and never by a profile.

A portal that a run starts itself on this machine, and whose accounts it makes by the control endpoint, needs none:
nobody else has an account there, no limit of one account holds for another, and it ends with the run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from portal2fa.errors import UsageError
from portal2fa.gates import DEFAULT_CLASSES
from portal2fa.origins import authority, host_of, is_here
from portal2fa.profile import Profile

CLASSES = tuple(sorted({*DEFAULT_CLASSES, "destructive"}))
"""All run classes, as the tags `@class.…` name them."""
_HERE = ("localhost", "127.0.0.1", "[::1]")
"""The names of a portal that the run starts itself, on a port that nobody knows before."""


def consented(allow: Iterable[str], profile: Profile) -> frozenset[str]:
    """The run classes that each `CLASS=HOST` of `allow` consents to; raises `UsageError` unless HOST is the target's.

    HOST may carry a port, which then has to be the target's as well.
    """
    return frozenset(_one(entry, profile) for entry in allow)


def _one(entry: str, profile: Profile) -> str:
    name, _, host = entry.partition("=")
    if name not in CLASSES or not host:
        raise UsageError(
            f"--allow {entry} is no consent.",
            cause=f"the run classes are {', '.join(CLASSES)}" if name not in CLASSES else "it names no host",
            hint="write it like --allow destructive=portal.example",
        )
    own = _names(profile)
    if host.lower() not in own:
        raise UsageError(
            f"The consent --allow {entry} is for {host}, but the target '{profile.name}' is at {own[0]}.",
            cause="a consent holds for the host that it names, and for no other",
            hint=f"if {own[0]} may be treated so, say --allow {name}={own[0]}",
        )
    return name


def _names(profile: Profile) -> tuple[str, ...]:
    """What the target's host may be called, the usual name first."""
    if not profile.url:
        return _HERE
    name = authority(profile.url)
    return host_of(name), name


def allowed_on(profile: Profile, allowed: Collection[str], url: str = "") -> frozenset[str]:
    """The run classes of scenarios that may run: what was consented to, and all where nobody can be harmed.

    `url` is where the portal that the run started is; without one it is taken to be on this machine.
    """
    comes_along = profile.start is not None and profile.accounts.kind == "control"
    own = comes_along and (not url or is_here(authority(url)))
    return frozenset([*allowed, *(CLASSES if own else ())])


def require_here(allowed: Collection[str], url: str) -> None:
    """Raise `UsageError` when a consent for this machine would be used on a portal that turned out to be elsewhere."""
    if set(allowed) - DEFAULT_CLASSES and not is_here(authority(url)):
        raise UsageError(
            f"The portal that the run started is at {url}, and the consent was given for this machine.",
            cause="a portal that is started for a run has to be on this machine, where harm is to be done to it",
            hint="write the address as 'url' into the profile, and name its host with --allow",
        )
