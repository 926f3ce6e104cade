"""Consent to destructive scenarios: only from the command line, only for the target's own host."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portal2fa.consent import allowed_on, consented, require_here
from portal2fa.errors import ProfileError, UsageError
from portal2fa.outcomes import ExitCode
from portal2fa.profile import Profile
from portal2fa.profile_files import load_target
from tests.portal2fa.conftest import ROOT, Table

FEATURE = """
@area.finding-the-settings
Feature: Harm

  @clause.NAV-2 @must
  Rule: The right password opens the client area

    @class.destructive
    Scenario: Harm is done
      Given Ana has an account without two-factor sign-in
      When Ana signs in with her password
      Then she is signed in
"""


def at(documented: Table, url: str) -> Profile:
    return Profile.model_validate(documented | {"url": url})


@pytest.mark.parametrize(
    ("url", "allow"),
    [
        ("https://portal.example", "destructive=portal.example"),
        ("https://portal.example", "destructive=PORTAL.example"),
        ("https://portal.example", "destructive=portal.example:443"),
        ("https://portal.example:8443/shop", "destructive=portal.example"),
        ("https://portal.example:8443/shop", "destructive=portal.example:8443"),
        ("http://127.0.0.1:8000", "destructive=127.0.0.1:8000"),
        ("http://[::1]:8000", "destructive=[::1]:8000"),
    ],
)
def test_a_consent_that_names_the_targets_host_holds(documented: Table, url: str, allow: str) -> None:
    assert consented([allow], at(documented, url)) == {"destructive"}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://portal.example", "example"),
        ("https://portal.example", "www.portal.example"),
        ("https://portal.example", "portal.example.org"),
        ("https://portal.example", "portal.example:80"),
        ("https://portal.example:8443", "portal.example:443"),
        ("https://portal.example", "https://portal.example"),
        ("https://portal.example", "localhost"),
        ("https://portal.example", "*"),
        ("http://127.0.0.1:8000", "localhost"),
    ],
)
def test_a_consent_for_another_host_is_refused_with_both_named(documented: Table, url: str, host: str) -> None:
    with pytest.raises(UsageError) as refused:
        consented(["active=" + str(url.split("/")[2]), f"destructive={host}"], at(documented, url))
    assert refused.value.exit_code is ExitCode.USAGE
    assert f"for {host}, but" in str(refused.value)
    assert f"is at {url.split('/')[2].split(':', maxsplit=1)[0]}" in str(refused.value)


@pytest.mark.parametrize(
    ("allow", "words"),
    [("destructive", "names no host"), ("destructive=", "names no host"), ("harm=localhost", "run classes are")],
)
def test_a_consent_without_class_or_host_is_refused(documented: Table, allow: str, words: str) -> None:
    with pytest.raises(UsageError, match="is no consent") as refused:
        consented([allow], at(documented, "https://portal.example"))
    assert words in str(refused.value)


def test_several_classes_are_consented_to_one_by_one(documented: Table) -> None:
    allow = ["destructive=portal.example", "two-user=portal.example"]
    assert consented(allow, at(documented, "https://portal.example")) == {"destructive", "two-user"}
    assert consented([], at(documented, "https://portal.example")) == set()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_a_portal_that_the_run_starts_is_called_by_this_machines_names(host: str) -> None:
    profile = load_target("reference", ROOT).profile
    assert consented([f"destructive={host}"], profile) == {"destructive"}
    with pytest.raises(UsageError, match="is at localhost"):
        consented([f"destructive={host}:8000"], profile)
    with pytest.raises(UsageError, match="is at localhost"):
        consented(["destructive=portal.example"], profile)


def test_a_consent_for_this_machine_is_not_used_elsewhere() -> None:
    require_here({"destructive"}, "http://127.0.0.1:4711")
    require_here({"two-user"}, "https://portal.example")
    with pytest.raises(UsageError, match=r"is at https://portal\.example"):
        require_here({"destructive"}, "https://portal.example")


def test_no_profile_can_consent(documented: Table, write: Any) -> None:
    for key, value in (("allow", ["destructive=portal.example"]), ("allowed", ["destructive"])):
        with pytest.raises(ProfileError, match="not a key that is known here"):
            load_target(str(write(documented | {key: value})), ROOT, {})


# --- the command, with a suite that has a destructive scenario


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose features hold one destructive scenario and nothing else."""
    root = tmp_path_factory.mktemp("suite")
    shutil.copytree(ROOT / "portal2fa", root / "portal2fa", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("steps", "fixtures", "reference_server", "environment.py"):
        (root / name).symlink_to(ROOT / name)
    (root / "features").mkdir()
    shutil.copy(ROOT / "features" / "clauses.toml", root / "features")
    (root / "features" / "harm.feature").write_text(FEATURE)
    return root


def command(suite: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`portal2fa` of that checkout."""
    program = [sys.executable, "-m", "portal2fa", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(suite)}
    return subprocess.run(program, cwd=suite, env=environment, capture_output=True, text=True, check=False)


POOL = """
extends = "reference"
name = "pool"
title = "With accounts that somebody has"

[accounts]
kind = "pool"
pool = [{ username = "ana@portal.example", password = "a long one", name = "Ana Example" }]
"""


def judged(suite: Path, out: Path, *arguments: str) -> tuple[str, str]:
    """Outcome and reason of the one scenario."""
    done = command(suite, "run", *arguments, "--out", str(out))
    (scenario,) = json.loads((out / "result.json").read_text())["result"]["scenarios"]
    assert done.returncode == ExitCode.INCONCLUSIVE, done.stderr
    return scenario["outcome"], scenario["reason"]


@pytest.mark.parametrize("allow", [(), ("--allow", "destructive=localhost")], ids=["without", "with"])
def test_a_portal_that_a_run_starts_with_its_own_accounts_needs_no_consent(
    suite: Path, tmp_path: Path, allow: tuple[str, ...]
) -> None:
    assert "  untested " not in command(suite, "plan", *allow).stdout
    assert judged(suite, tmp_path / "report", *allow) == ("passed", "")


def test_a_destructive_scenario_on_somebodys_accounts_runs_with_a_consent_only(suite: Path, tmp_path: Path) -> None:
    (tmp_path / "pool.toml").write_text(POOL)
    target = ("--target", str(tmp_path / "pool.toml"))
    allow = ("--allow", "destructive=localhost")
    assert "  untested " in command(suite, "plan", *target).stdout
    assert "  untested " not in command(suite, "plan", *target, *allow).stdout
    outcome, reason = judged(suite, tmp_path / "report", *target)
    assert outcome == "untested"
    assert "--allow destructive=HOST" in reason
    outcome, reason = judged(suite, tmp_path / "report", *target, *allow)
    assert outcome == "cantTell", "the portal knows no such account, so the scenario was begun"
    assert reason.startswith("Given Ana has an account")


def test_accounts_that_only_come_with_the_portal_need_a_consent(documented: Table) -> None:
    started = documented | {"start": {"command": ["portal"]}, "accounts": {"kind": "started"}}
    started.pop("url", None)
    assert "destructive" not in allowed_on(Profile.model_validate(started), ())
    started["accounts"] = {"kind": "control"}
    assert "destructive" in allowed_on(Profile.model_validate(started), ())


def test_a_portal_elsewhere_needs_a_consent_whoever_started_it() -> None:
    profile = load_target("reference", ROOT).profile
    assert "destructive" in allowed_on(profile, ())
    assert "destructive" in allowed_on(profile, (), "http://127.0.0.1:4711")
    assert "destructive" not in allowed_on(profile, (), "https://portal.example")
    assert "destructive" in allowed_on(profile, {"destructive"}, "https://portal.example")


@pytest.mark.parametrize("name", ["plan", "run"])
def test_a_consent_for_somebody_elses_host_ends_with_2_before_anything_starts(suite: Path, name: str) -> None:
    done = command(suite, name, "--allow", "destructive=portal.example")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("portal2fa: The consent --allow destructive=portal.example is for portal.example")
    assert not (suite / "portal2fa-report").exists()
