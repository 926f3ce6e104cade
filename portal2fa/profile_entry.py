"""What all tables of a profile have in common: unknown keys are refused, and values do not change."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

WRONG = "wrong"
"""The kind of error that `wrong` makes; its context has `what` is wrong, the `remedy`, and the entry `at` fault."""


def wrong(what: str, remedy: str, at: str = "") -> PydanticCustomError:
    """A `ValueError` for a value or a table of a profile: what is wrong, the remedy, and which entry of the table."""
    return PydanticCustomError(WRONG, "{what}", {"what": what, "remedy": remedy, "at": at})


class Entry(BaseModel):
    """A table of a profile: unknown keys are refused, values do not change, errors quote none: some are secret."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, hide_input_in_errors=True)


def web_address(text: str) -> str:
    """An address without a slash at its end; raises `ValueError` for one that names no host, or who calls it."""
    if text and not re.match(r"^https?://[^/\s]+", text):
        raise wrong("is no address of a host", "begin it with https:// or http://, like https://portal.example")
    return without_user(text).rstrip("/")


def without_user(address: str) -> str:
    """An address, host or origin as it is; raises `ValueError`, which does not quote it, where somebody calls it."""
    if names_a_user(address):
        raise wrong("no user name and no password belongs in an address", "leave out what stands before the '@'")
    return address


def place(text: str) -> str:
    """A place below the portal's address as it is; raises `ValueError` for a whole address with a user name in it."""
    return without_user(text) if re.match(r"(?:\w+:)?//", text) else text


def names_a_user(address: str) -> bool:
    """Whether a user name, mostly with a password, stands before the host."""
    return re.match(r"(?:\w+:)?/*[^/?#\\]*@", address) is not None


def expression(text: str) -> re.Pattern[str]:
    """Compile a regular expression; raises `ValueError` that says what is wrong with it."""
    try:
        return re.compile(text)
    except re.error as error:
        raise wrong(
            f"not a regular expression: {error}", "mend it there; \\( stands for a bracket in a text"
        ) from error
