"""What the pages tell people to type works: help texts are the real ones, and cheap commands are really run."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from portal2fa.cli import _COMMANDS, cli
from portal2fa.outcomes import ExitCode
from tests.docs import help_texts
from tests.docs.pages import PAGES, ROOT, blocks, commands, page

LINES = sorted({line for path in PAGES for line in commands(path.read_text("utf-8"))})
OURS = [shlex.split(line)[1:] for line in LINES if line.startswith(("portal2fa ", ".venv/bin/portal2fa "))]
FILTERS = ("--target", "--tags", "--clause")
MAKEFILE = page("Makefile")


def as_documented(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a documented command in `folder`, with the profile and the variables of docs/your-portal.md."""
    profile = next(block for block in blocks(page("docs/your-portal.md"), "toml") if block.startswith("# ours.toml"))
    (folder / "ours.toml").write_text(profile, "utf-8")
    names = ("USERNAME", "PASSWORD", "NAME", "ANA", "BEN")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment |= {f"PORTAL2FA_{name}": "made up" for name in names} | {"PORTAL2FA_MAILDIR": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("command", ["portal2fa", *(f"portal2fa {name}" for name in _COMMANDS)])
def test_the_page_says_what_help_says(command: str) -> None:
    assert help_texts.written_help(page("docs/commands.md"))[command] == help_texts.real_help(command)


def test_no_command_is_documented_that_does_not_exist() -> None:
    documented = {
        command.removeprefix("portal2fa").strip() for command in help_texts.written_help(page("docs/commands.md"))
    }
    assert documented - {""} == set(_COMMANDS)
    spoken = {name for path in PAGES for name in re.findall(r"portal2fa ([a-z]+)\b", "\n".join(code(path)))}
    assert spoken - set(_COMMANDS) == set()


def code(path: Path) -> list[str]:
    """Everything in backticks and console blocks of a page."""
    text = path.read_text("utf-8")
    return re.findall(r"`([^`\n]+)`", text) + blocks(text, "console")


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    named = {
        name for path in PAGES for part in code(path) for name in re.findall(r"\bmake (?:[A-Z]+=\S+ )?([a-z-]+)", part)
    }
    assert {"conformance", "test", "setup", "lint", "serve"} <= named
    assert named - targets == set()


def test_every_target_of_the_makefile_is_on_the_page() -> None:
    helped = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)) - {"help"}
    assert set(re.findall(r"^\| `make ([\w-]+)` \|", page("docs/commands.md"), re.MULTILINE)) == helped


def test_the_version_is_printed(tmp_path: Path) -> None:
    done = as_documented(["portal2fa", "--version"], tmp_path)
    assert done.returncode == 0
    assert re.search(r"\d+\.\d+\.\d+", done.stdout)


@pytest.mark.parametrize("arguments", OURS, ids=" ".join)
def test_a_documented_command_is_understood(arguments: list[str], tmp_path: Path) -> None:
    """A run is tried as the plan of the same choice, which takes the same target and filters."""
    name, *rest = arguments
    if name.startswith("-"):
        assert as_documented(["portal2fa", name], tmp_path).returncode == 0
        return
    context = cli.make_context("portal2fa", [name, *rest], resilient_parsing=True)
    command = cli.get_command(context, name)
    assert command is not None
    command.make_context(name, list(rest), parent=context)
    if name in ("run", "plan"):
        chosen = [part for option, value in itertools.pairwise(rest) if option in FILTERS for part in (option, value)]
        done = as_documented(["portal2fa", "plan", *chosen], tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert re.search(r"\d+ runs", done.stdout)


def test_the_register_is_listed(tmp_path: Path) -> None:
    done = as_documented(["portal2fa", "clauses"], tmp_path)
    assert done.returncode == 0
    assert "EMAIL-7" in done.stdout


def test_a_small_selection_runs_and_is_inconclusive(tmp_path: Path) -> None:
    done = as_documented(["portal2fa", "run", "--clause", "NAV-2", "--out", str(tmp_path / "report")], tmp_path)
    assert done.returncode == ExitCode.INCONCLUSIVE, done.stdout + done.stderr
    assert sorted(path.name for path in (tmp_path / "report").glob("*.*")) == ["index.html", "junit.xml", "result.json"]
    assert "clauses NAV-2" in (tmp_path / "report" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "wrong", [["--target", "nowhere"], ["--clause", "NONE-1"], ["--tags", "@nothing"], ["--wrong"]]
)
def test_a_wrong_command_line_ends_with_two(wrong: list[str], tmp_path: Path) -> None:
    assert as_documented(["portal2fa", "run", *wrong], tmp_path).returncode == ExitCode.USAGE


def test_plain_behave_runs_a_folder_of_features() -> None:
    line = next(line for line in LINES if line.startswith(".venv/bin/behave features/"))
    done = subprocess.run(
        [sys.executable, "-m", "behave", *shlex.split(line)[1:]],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^[1-9]\d* scenarios? passed, 0 failed, 0 skipped", done.stdout, re.MULTILINE)
