"""A published product, judged by its profile alone: the run finds what a person finds, and nothing else.

Its wall clock is shifted by the shim, which needs a C compiler.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from portal2fa.profile_files import find_root

PORTAL = Path(__file__).parent / "django_two_factor"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((PORTAL / "expected.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The result of one whole run on the product."""
    out = tmp_path_factory.mktemp("report")
    command = [sys.executable, "-m", "portal2fa", "run", "--target", "django-two-factor-auth", "--out", str(out)]
    ended = subprocess.run(command, cwd=find_root(), capture_output=True, text=True, check=False)
    assert ended.returncode == 1, f"{ended.stdout}\n{ended.stderr}"
    found: dict[str, Any] = json.loads((out / "result.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("outcome", ["failed", "cantTell", "untested", "inapplicable"])
def test_exactly_the_known_scenarios_do_not_pass(judged: dict[str, Any], outcome: str) -> None:
    rows = {row["id"]: row for row in judged["result"]["scenarios"] if row["outcome"] == outcome}
    expected = EXPECTED.get(outcome, {})
    assert sorted(rows) == sorted(expected), [row["reason"] for row in rows.values()]
    for name, reason in expected.items():
        assert reason in rows[name]["reason"]


def test_every_difference_in_wording_is_reported_with_both_wordings(judged: dict[str, Any]) -> None:
    found: dict[str, set[str]] = {}
    for row in judged["result"]["scenarios"]:
        for deviation in row["deviations"]:
            assert deviation["documented"]
            found.setdefault(deviation["control"], set()).add(deviation["seen"])
    wanted = {name: {seen} if isinstance(seen, str) else set(seen) for name, seen in EXPECTED["deviations"].items()}
    assert found == wanted


def test_every_failure_has_what_was_expected_what_was_seen_and_a_picture(judged: dict[str, Any]) -> None:
    for row in judged["result"]["scenarios"]:
        if row["outcome"] == "failed":
            assert row["expected"]
            assert row["seen"]
            assert any(item["kind"] == "screenshot" for item in row["evidence"])


def test_the_verdict_is_not_conformant(judged: dict[str, Any]) -> None:
    assert judged["verdict"] == "not conformant"
