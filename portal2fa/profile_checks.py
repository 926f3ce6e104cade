"""What a profile has to say, given what it declares: names that tasks rely on, and references that must resolve."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit

from portal2fa import profile_altering
from portal2fa.origins import authority
from portal2fa.origins import own as own_hosts
from portal2fa.profile import CAPABILITY_OF, METHODS, Narrow, Path, Profile
from portal2fa.profile_clock import clock_complaints
from portal2fa.profile_given import typed
from portal2fa.profile_mailbox import mailbox_complaints
from portal2fa.profile_names import CONTROLS, FORCED, OPTIONAL, TABLES, Known
from portal2fa.profile_opposites import opposites
from portal2fa.profile_words import Complaint, nearest

_LEAST_ANSWER_SECONDS = 1.0
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def complaints(profile: Profile, own: Mapping[str, Any] = _NOTHING) -> list[Complaint]:
    """Everything that is wrong with a well-formed profile, in the order of its tables; empty when it can be used.

    `own` is the raw table of the profile's own file: a control that it only inherits may well go unused.
    """
    return [
        *_addresses(profile),
        *(Complaint(*told) for told in clock_complaints(profile.clock, started=profile.start is not None)),
        *(
            Complaint(*told)
            for told in mailbox_complaints(profile.mailbox, profile.start.command if profile.start else ())
        ),
        *_timing(profile),
        *_forced(profile),
        *_no_way_back(profile),
        *(found for table in TABLES for found in _missing(profile, table)),
        *(
            Complaint(key, f"is missing ({there} is there)", f"add it, or leave the way out as a whole with {there}")
            for key, there in profile_altering.lacking(profile)
        ),
        *(found for table in ("places", "notices", "paths") for found in _unknown(table, getattr(profile, table))),
        *_places(profile),
        *opposites(profile.notices),
        *_references(profile.paths, profile.controls),
        *typed(profile),
        *_unused(profile, own.get("controls", {})),
        *(found for name, screen in profile.screens.items() for found in _screen(profile, name, screen, own)),
    ]


def _addresses(profile: Profile) -> Iterator[Complaint]:
    if bool(profile.url) == bool(profile.start):
        remedy = "keep one of the two" if profile.url else "add the address, here or in a profile that extends this one"
        yield Complaint("url", "exactly one of 'url' and '[start]' says where the portal is", remedy)
    for key, address in (("url", profile.url), ("mailbox.url", profile.mailbox.url)):
        if address and not host_of(address):
            yield Complaint(key, f"'{address}' is no address", "write it like https://portal.example")
    if host_of(profile.url) and (path := urlsplit(profile.url).path.rstrip("/")):
        what = f"has the path {path}, which no place would keep: places begin at the portal's root"
        yield Complaint("url", what, f'leave it out, and write it in [places], like sign_in = "{path}/login"')


def host_of(address: str) -> str:
    """The host in an address; empty where there is none, or where it is no address."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _timing(profile: Profile) -> Iterator[Complaint]:
    """A page that is given no time seems to lack everything."""
    if profile.timing.answer < _LEAST_ANSWER_SECONDS:
        what = f"is {profile.timing.answer:g} s, in which hardly any page is loaded and drawn"
        yield Complaint("timing.answer", what, f"use {_LEAST_ANSWER_SECONDS:g} or more; 10 is usual")


def _forced(profile: Profile) -> Iterator[Complaint]:
    if not profile.methods.forced:
        return
    if profile.accounts.kind == "pool":
        what = "contradicts accounts.kind: those of a pool are put back by turning two-factor sign-in off"
        yield Complaint("methods.forced", what, "use accounts of another kind, or a portal where it can be turned off")
    if profile.capabilities.turn_off:
        what = "contradicts capabilities.turn_off: where everybody has to have a method, none can be left without"
        yield Complaint("methods.forced", what, "set one of the two to false")
    if profile.paths.get("prepare"):
        what = "contradicts paths.prepare, which is walked before a second factor is set up"
        yield Complaint("methods.forced", what, "remove the path; nobody gets there without a second factor")


def _no_way_back(profile: Profile) -> Iterator[Complaint]:
    """An account that others use again has to be put back, whether or not turning it off is judged."""
    if not profile.accounts.outlive_the_run(started=profile.start is not None) or profile.methods.forced:
        return
    offered = [method for method in METHODS if profile.capabilities.offers(CAPABILITY_OF[method])]
    lacking = [
        method for method in offered if not profile.paths.get(f"turn_off_{method}", profile.paths.get("turn_off"))
    ]
    if lacking and not (profile.capabilities.turn_off and "turn_off" not in profile.paths):
        what = "says nothing, and the accounts outlive the run: nobody could turn the second factor off again"
        yield Complaint(
            "paths.turn_off", what, "say what a person does to turn it off, or use accounts of another kind"
        )


def _missing(profile: Profile, table: str) -> Iterator[Complaint]:
    for name, known in TABLES[table].items():
        if name in getattr(profile, table) or known.when == OPTIONAL or not is_needed(profile, name, known):
            continue
        why, instead = "every portal needs it", ""
        if known.declared:
            why, instead = f"{known.declared} is declared", f", or set {known.declared} = false"
        yield Complaint(f"{table}.{name}", f"is missing ({why})", f"add '{name}' to [{table}]{instead}")


def is_needed(profile: Profile, name: str, known: Known) -> bool:
    """Whether the profile declares something that cannot do without `name`."""
    if known.capability and not profile.capabilities.offers(known.capability):
        return False
    if known.when == FORCED:
        return profile.methods.forced
    if name in ("turn_off", "turned_off"):
        there = {*profile.paths, *profile.notices}
        declared = [method for method in METHODS if profile.capabilities.offers(CAPABILITY_OF[method])]
        return not declared or any(f"{name}_{method}" not in there for method in declared)
    method = name.removeprefix("cancel_")
    return method == name or profile.capabilities.offers(CAPABILITY_OF[method])


def _unknown(table: str, present: Collection[str], prefix: str = "") -> Iterator[Complaint]:
    for name in present:
        if name not in TABLES[table]:
            remedy = nearest(name, TABLES[table], f"known are: {', '.join(sorted(TABLES[table]))}")
            yield Complaint(f"{prefix}{table}.{name}", "is not a name that the specification knows", remedy)


def _places(profile: Profile) -> Iterator[Complaint]:
    """Lists of places that are empty would be checked without anything being looked at; others may not be asked."""
    hosts = own_hosts(profile.url, profile.origins)
    for name, said in profile.places.items():
        for address in (said,) if isinstance(said, str) else said:
            if re.match(r"(?:\w+:)?//", address) and authority(urljoin(profile.url, address)) not in hosts:
                what = f"{address} is at a host that is not the portal's, where nothing is ever asked"
                yield Complaint(f"places.{name}", what, "write what comes after the host, or add the host to 'origins'")
        if not said:
            remedy = f"give at least one, or remove '{name}' from [places]"
            yield Complaint(f"places.{name}", "names no address", remedy)


def _references(paths: Mapping[str, Path], controls: Collection[str], prefix: str = "") -> Iterator[Complaint]:
    for path, actions in paths.items():
        for number, action in enumerate(actions):
            if action.control and action.control not in controls:
                yield Complaint(
                    f"{prefix}paths.{path}[{number}]",
                    f"uses a control '{action.control}' that is not described",
                    nearest(action.control, controls, f"add '{action.control}' to [{prefix}controls]"),
                )


def _used(paths: Mapping[str, Path]) -> set[str]:
    return {action.control for actions in paths.values() for action in actions}


def _unused(profile: Profile, own: Collection[str]) -> Iterator[Complaint]:
    used = _used(profile.paths) | set(CONTROLS)
    for screen in profile.screens.values():
        used |= _used(screen.paths)
    for name in own:
        if name not in used:
            remedy = nearest(name, CONTROLS, "use it in a path, or remove it")
            yield Complaint(f"controls.{name}", "is never used", remedy)


def _screen(profile: Profile, name: str, screen: Narrow, own: Mapping[str, Any]) -> Iterator[Complaint]:
    """An overlay may only replace names that are known, and use controls that are there at its width."""
    prefix = f"screens.{name}."
    there = profile.at_width(screen.below - 1)
    yield from _unknown("paths", screen.paths, prefix)
    yield from _references(screen.paths, there.controls, prefix)
    used = _used(there.paths) | set(CONTROLS)
    for control in own.get("screens", {}).get(name, {}).get("controls", {}):
        if control not in used:
            remedy = nearest(control, {*profile.controls, *CONTROLS} - {control}, "use it in a path, or remove it")
            yield Complaint(f"{prefix}controls.{control}", "is never used", remedy)
