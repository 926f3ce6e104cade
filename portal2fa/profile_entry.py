"""What all tables of a profile have in common: unknown keys are refused, and values do not change."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """A table of a profile: unknown keys are refused, values do not change, errors quote none: some are secret."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, hide_input_in_errors=True)


def expression(text: str) -> re.Pattern[str]:
    """Compile a regular expression; raises `ValueError` that says what is wrong with it."""
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
