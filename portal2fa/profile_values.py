"""The values that may stand in braces in a profile, such as `{code}`; any other one would be looked for as it is."""

from __future__ import annotations

import re
from collections.abc import Collection

from pydantic_core import PydanticCustomError

OF_THE_ACCOUNT = ("name", "username", "email", "password")
"""What may stand in a locator: it is looked for on pages of which no code and nothing new is known."""
VALUES = (*OF_THE_ACCOUNT, "code", "backup_code", "new_password", "new_email")
"""What may stand in what a person does."""
UNKNOWN_VALUE = "unknown_value"
"""The kind of error that is raised; its context has the `value` and those `known`, all in braces."""


def unknown(text: str, known: Collection[str] = VALUES) -> list[str]:
    """The names in braces that stand for nothing."""
    return [name for name in re.findall(r"\{(\w*)\}", text) if name not in known]


def in_deeds(text: str) -> str:
    """What is typed, chosen or opened, as it is; raises `PydanticCustomError` where a value in it is not known."""
    return _refusing(text, VALUES)


def in_locators(text: str) -> str:
    """What points at something, as it is; raises `PydanticCustomError` where a value in it is not the account's."""
    return _refusing(text, OF_THE_ACCOUNT)


def _refusing(text: str, known: Collection[str]) -> str:
    if names := unknown(text, known):
        told = {"value": "{" + names[0] + "}", "known": ["{" + name + "}" for name in known]}
        raise PydanticCustomError(UNKNOWN_VALUE, "unknown value {value}", told)
    return text
