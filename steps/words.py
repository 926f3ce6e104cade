"""The vocabulary of the sentences: people, methods, durations and documented labels, as parameter types."""

from __future__ import annotations

import re
from typing import Any

from behave import register_type

from fixtures.actor import Actor
from fixtures.world import World
from steps.tasks import people


def _pattern(expression: str) -> Any:
    """Give a parameter type the expression that its words match."""

    def decorate(function: Any) -> Any:
        function.pattern = expression
        return function

    return decorate


@_pattern(r"Ana|Ben|[Ss]he|[Hh]e")
def _person(text: str) -> str:
    return text.lower() if text.lower() in {"she", "he"} else text


@_pattern(r"time-based tokens|email codes")
def _method(text: str) -> str:
    return {"time-based tokens": "time_based", "email codes": "email"}[text]


@_pattern(r"(?:\d+ (?:hours?|minutes?|seconds?)(?: and )?)+")
def _duration(text: str) -> float:
    units = {"hour": 3600, "minute": 60, "second": 1}
    return float(sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+) (hour|minute|second)", text)))


@_pattern(
    r"a code that is not shown by the app|a code of another secret|an empty code|a code of letters"
    r"|a code that is one digit short|a code that is one digit long"
)
def _wrong_code(text: str) -> str:
    return text


@_pattern(r"[^\"]+")
def _label(text: str) -> str:
    return text


@_pattern(r"a wrong|an empty")
def _wrong_password(text: str) -> str:
    return text


@_pattern(r"her|his")
def _whose(text: str) -> str:
    return text


@_pattern(r"ahead|ago")
def _direction(text: str) -> int:
    return 1 if text == "ahead" else -1


@_pattern(r"on|off")
def _state(text: str) -> str:
    return text


register_type(State=_state, Direction=_direction, Whose=_whose, WrongPassword=_wrong_password)
register_type(Person=_person, Method=_method, Duration=_duration, WrongCode=_wrong_code, Label=_label)


def world(context: Any) -> World:
    """The surroundings of the run."""
    found: World = context.world
    return found


def person(context: Any, who: str) -> Actor:
    """The actor that a name or pronoun stands for."""
    return people.person(context.world, who)
