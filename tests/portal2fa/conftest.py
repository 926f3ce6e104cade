"""Profiles that are right but for what a test breaks, written as files."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Table = dict[str, Any]


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)  # strings, numbers and truth values are written alike


@pytest.fixture
def documented() -> Table:
    """The shipped profile as a table, with an address and an account that need no environment."""
    table = tomllib.loads((ROOT / "fixtures" / "profiles" / "documented.toml").read_text(encoding="utf-8"))
    table["url"] = "http://127.0.0.1:1"
    table["accounts"]["pool"] = [{"username": "ana@a.example", "password": "password-of-ana", "name": "Ana"}]
    return copy.deepcopy(table)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a table as a profile's file."""

    def as_file(table: Table, name: str = "own.toml") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(f"{key} = {_value(item)}" for key, item in table.items()), encoding="utf-8")
        return path

    return as_file
