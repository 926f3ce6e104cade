"""Where a rule of the portal can be exchanged for another one, while one request is answered.

A *seam* is a function of the portal that is called by way of a context variable.  The right portal sets nothing there,
so a seam does what is written in it.  Who serves a request may set substitutes for it; each is called with the function
that it replaces, and then with what that function is called with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Substitute = Callable[..., Any]

SEAMS: dict[str, Callable[..., Any]] = {}
"""Every seam by its name: module and function, as in `totp.matching_step`."""

_NOTHING: Mapping[str, Substitute] = MappingProxyType({})
_substitutes: ContextVar[Mapping[str, Substitute]] = ContextVar("substitutes", default=_NOTHING)


def seam(function: Callable[P, R]) -> Callable[P, R]:
    """Let `function` be exchanged under its name."""
    name = f"{function.__module__.removeprefix('reference_server.')}.{function.__qualname__}"

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        substitute = _substitutes.get().get(name)
        if substitute is None:
            return function(*args, **kwargs)
        answer: R = substitute(function, *args, **kwargs)
        return answer

    SEAMS[name] = function
    return call


@contextmanager
def replaced(substitutes: Mapping[str, Substitute]) -> Iterator[None]:
    """Exchange the seams that are named, for what is done inside and for the tasks that are begun there."""
    token = _substitutes.set(substitutes)
    try:
        yield
    finally:
        _substitutes.reset(token)
