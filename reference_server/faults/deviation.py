"""What a fault or a variation changes of the portal, and the small ways to say it.

    numbers("email-code-lives-long", email_code_life=3600)      the policy
    @rule("app-code-works-twice", "two_factor._use_step")       what a function of the portal does
    edit("enable-renamed", "two_factor.html", "Click Here to Enable", "Switch on")      a piece of a page
    @around("pages-kept-by-browsers")                           the answers of the whole application

A fault may use several of them, and several substitutes; the last one for a seam counts.  A variation says the same to
a `Deviation` of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

import reference_server.app  # noqa: F401 - every seam is known once the whole portal is
from reference_server.pages import TEMPLATES
from reference_server.seams import SEAMS, Substitute

T = TypeVar("T", bound=Callable[..., Any])
Wrapper = Callable[[ASGIApp], ASGIApp]


@dataclass(slots=True)
class Deviation:
    """All that makes one fault or one variation."""

    policy: dict[str, Any] = field(default_factory=dict)
    """Fields of the policy and their other values."""
    substitutes: dict[str, Substitute] = field(default_factory=dict)
    """Names of seams and what is called in their place, with the right function first."""
    templates: dict[str, str] = field(default_factory=dict)
    """Names of templates and their other source."""
    wrappers: list[Wrapper] = field(default_factory=list)
    """What surrounds the application, the innermost first."""
    routes: list[BaseRoute] = field(default_factory=list)
    """Pages and files that the portal has besides; they come before its own."""
    words: dict[str, str] = field(default_factory=dict)
    """What the portal says, and what it says instead: texts of pages, and sentences that are put into them."""

    def rule(self, *names: str) -> Callable[[T], T]:
        """Replace what the seams of these names do; raises ValueError for a name that is no seam."""
        unknown = [name for name in names if name not in SEAMS]
        if unknown:
            raise ValueError(f"there is no seam {', '.join(unknown)}")

        def register(substitute: T) -> T:
            self.substitutes.update(dict.fromkeys(names, substitute))
            return substitute

        return register

    def edit(self, template: str, old: str, new: str) -> None:
        """Replace `old`, which has to stand in the template once, by `new`; raises ValueError otherwise."""
        source = self.source(template)
        if source.count(old) != 1:
            raise ValueError(f"{template} holds {source.count(old)} times {old!r}, not once")
        self.templates[template] = source.replace(old, new)

    def source(self, template: str) -> str:
        """A template as it is so far."""
        return self.templates.get(template) or (TEMPLATES / template).read_text(encoding="utf-8")

    def around(self, wrapper: Wrapper) -> Wrapper:
        """Put an ASGI wrapper around the application."""
        self.wrappers.append(wrapper)
        return wrapper

    def upon(self, other: Deviation) -> Deviation:
        """Return this deviation of a portal that is other already; raises ValueError where both change a template."""
        if both := self.templates.keys() & other.templates.keys():
            raise ValueError(f"both change {', '.join(sorted(both))}")
        of_other = other.substitutes
        return Deviation(
            policy=other.policy | self.policy,
            substitutes=of_other | {name: _after(of_other.get(name), one) for name, one in self.substitutes.items()},
            templates=other.templates | self.templates,
            wrappers=[*other.wrappers, *self.wrappers],
            routes=[*self.routes, *other.routes],
            words=other.words | self.words,
        )


def _after(first: Substitute | None, then: Substitute) -> Substitute:
    """What is called in the place of a seam where `then` takes what `first` does for right."""
    if first is None:
        return then
    earlier = first

    def both(right: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return then(partial(earlier, right), *given, **named)

    return both


DEVIATIONS: dict[str, Deviation] = {}
"""Every fault that is implemented, by its id."""


def numbers(fault: str, **policy: Any) -> None:
    """Change numbers of the policy."""
    _of(fault).policy.update(policy)


def rule(fault: str, *names: str) -> Callable[[T], T]:
    """Replace what the seams of these names do; raises ValueError for a name that is no seam."""
    return _of(fault).rule(*names)


def edit(fault: str, template: str, old: str, new: str) -> None:
    """Replace `old`, which has to stand in the template once, by `new`; raises ValueError otherwise."""
    _of(fault).edit(template, old, new)


def around(fault: str) -> Callable[[Wrapper], Wrapper]:
    """Put an ASGI wrapper around the application."""
    return _of(fault).around


def _of(fault: str) -> Deviation:
    return DEVIATIONS.setdefault(fault, Deviation())
