"""The wheel is complete: installed alone into an empty environment, the command works from any directory.

Slow by nature (an environment is made, and the packages of the lock are installed into it), so it is one fixture
for the whole file.  Versions come from `requirements.lock`; *which* packages are installed is up to the wheel, so a
dependency that `pyproject.toml` forgot is seen here.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SUITE = ("features/", "steps/", "fixtures/", "reference_server/", "environment.py")
LOCKED = re.compile(r"^(?P<requirement>[A-Za-z0-9_.-]+==[^ ;]+(?: ; [^\\]+?)?)\s*\\?$", re.MULTILINE)


@dataclass(frozen=True)
class Installed:
    """The command in its own environment, and a directory that has nothing to do with the checkout."""

    binaries: Path
    elsewhere: Path

    def portal2fa(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the installed command elsewhere, as somebody who has never seen the checkout."""
        return _run([str(self.binaries / "portal2fa"), *arguments], self.elsewhere)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout with the build backend of this environment."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CHECKOUT)]
    _succeed(_run(build, folder))
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An environment that holds the wheel and what the wheel itself asks for, in the versions of the lock."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=True)
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(_locked_versions()))
    binaries = folder / "venv" / "bin"
    install = [
        str(binaries / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-compile",
        "--constraint",
        str(constraints),
    ]
    _succeed(_run([*install, str(wheel)], folder))
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    return Installed(binaries, elsewhere)


def test_the_wheel_carries_the_whole_suite_inside_the_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in SUITE:
        assert any(name.startswith(f"portal2fa/suite/{part}") for name in names), part
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"portal2fa"}


def test_the_wheel_carries_every_file_of_the_suite_and_no_leftovers(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("portal2fa/suite/")}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
    expected = {
        f"portal2fa/suite/{path.relative_to(CHECKOUT).as_posix()}"
        for part in SUITE
        for path in [CHECKOUT / part, *(CHECKOUT / part).rglob("*")]
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == expected


def test_the_installed_command_tells_its_version(installed: Installed) -> None:
    answer = installed.portal2fa("--version")
    _succeed(answer)
    version = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["version"]
    assert version in answer.stdout


def test_the_suite_does_not_become_top_level_packages(installed: Installed) -> None:
    code = "import importlib.util as u; print([n for n in ('steps', 'fixtures', 'reference_server') if u.find_spec(n)])"
    answer = _run([str(installed.binaries / "python"), "-c", code], installed.elsewhere)
    assert answer.stdout.strip() == "[]"


def test_the_installed_command_runs_the_journey_from_another_directory(installed: Installed) -> None:
    report = installed.elsewhere / "report"
    answer = installed.portal2fa("run", "--tags", "@journey", "--out", str(report))
    assert answer.returncode == 3, f"{answer.stdout}\n{answer.stderr}"  # a selection proves no whole
    document = json.loads((report / "result.json").read_text())
    assert [scenario["outcome"] for scenario in document["result"]["scenarios"]] == ["passed", "passed"]
    assert (report / "index.html").is_file()


def _locked_versions() -> list[str]:
    """Return `name==version ; marker` of each locked package, without hashes: a local wheel can have none."""
    return [match["requirement"] for match in LOCKED.finditer((CHECKOUT / "requirements.lock").read_text())]


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `command` in `folder`, without anything that would lead Python back to the checkout."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def _succeed(outcome: subprocess.CompletedProcess[str]) -> None:
    """Fail with what the command printed unless it succeeded."""
    assert outcome.returncode == 0, f"{outcome.args}\n{outcome.stdout}\n{outcome.stderr}"
