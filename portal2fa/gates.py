"""Which scenarios a target can be asked at all: what it declares absent, what the tester lacks, what nobody allowed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from portal2fa.facts import in_words
from portal2fa.outcomes import Outcome
from portal2fa.profile import Profile

DEFAULT_CLASSES = frozenset({"passive", "active", "two-user"})
"""Run classes that need no consent; destructive scenarios (lock-outs, bursts) do."""


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
    inapplicable whatever means there are.
    """
    parts = [tag.partition(".")[::2] for tag in sorted(tags)]
    for kind, name in parts:
        if kind == "requires" and not profile.capabilities.offers(name):
            reason = (
                f"the profile '{profile.name}' declares that the portal offers no {in_words(name.replace('-', '_'))}"
            )
            return Outcome.INAPPLICABLE, reason
    for kind, name in parts:
        if kind == "needs" and not profile.means[name]:
            return Outcome.UNTESTED, f"the profile '{profile.name}' gives the tester no {in_words(name)}"
        if kind == "needs" and name in absent:
            return Outcome.UNTESTED, absent[name]
        if kind == "class" and name not in DEFAULT_CLASSES and name not in allowed:
            return Outcome.UNTESTED, f"{name} scenarios were not consented to: --allow {name}=HOST names the host"
    return None
