"""Breaking one entry of a profile that is right, and reading how it is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal2fa.errors import ProfileError
from portal2fa.outcomes import ExitCode
from portal2fa.profile_files import find_root, load_target

GONE = object()
Table = dict[str, Any]


def changed(table: Table, key: str, value: object) -> Table:
    """`table` with one entry set to `value`, or taken away."""
    *way, last = key.split(".")
    inner = table
    for name in way:
        inner = inner.setdefault(name, {})
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    return table


def refusal(path: Path) -> str:
    with pytest.raises(ProfileError) as refused:
        load_target(str(path), find_root(), {})
    assert refused.value.exit_code == ExitCode.USAGE
    return str(refused.value)
