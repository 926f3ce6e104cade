"""The vocabulary of the sentences: people, methods, durations and documented labels, as parameter types."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from behave import register_type

from fixtures.actor import Actor
from fixtures.world import World
from steps.tasks import leaving, people


def _words(expression: str, read: Callable[[str], Any] = str) -> Callable[[str], Any]:
    """A parameter type: the words that `expression` matches, as `read` understands them."""

    def parameter(text: str) -> Any:
        return read(text)

    parameter.pattern = expression  # type: ignore[attr-defined]  # where parse looks for it
    return parameter


def _person(text: str) -> str:
    return text.lower() if text.lower() in {"she", "he"} else text


def _seconds(text: str) -> float:
    units = {"year": 31_557_600, "hour": 3600, "minute": 60, "second": 1}
    return float(
        sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+) (year|hour|minute|second)", text))
    )


_WRONG_CODES = (
    "a code that is not shown by the app",
    "a code of another secret",
    "an empty code",
    "a code of letters",
    "a code that is one digit short",
    "a code that is one digit long",
)

register_type(
    Leaving=_words("|".join(leaving.WAYS)),
    Person=_words(r"Ana|Ben|[Ss]he|[Hh]e", _person),
    Whose=_words("her|his"),
    Method=_words(
        "time-based tokens|email codes", {"time-based tokens": "time_based", "email codes": "email"}.__getitem__
    ),
    Duration=_words(r"(?:\d+ (?:years?|hours?|minutes?|seconds?)(?: and )?)+", _seconds),
    Direction=_words("ahead|ago", {"ahead": 1, "ago": -1}.__getitem__),
    State=_words("on|off"),
    WrongCode=_words("|".join(_WRONG_CODES)),
    WrongPassword=_words("a wrong|an empty"),
    Label=_words(r"[^\"]+"),
)


def world(context: Any) -> World:
    """The surroundings of the run."""
    found: World = context.world
    return found


def person(context: Any, who: str) -> Actor:
    """The actor that a name or pronoun stands for."""
    return people.person(context.world, who)
