"""The real feature files keep to the style of the specification, parse everywhere, and have a definition a step."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from behave.parser import parse_file

from portal2fa.clauses import load_register, read_features, read_scenarios
from tests.features.lints import LINTS, Suite, documented_tags, read_files

ROOT = Path(__file__).resolve().parents[2]
FEATURES = ROOT / "features"
MATCHES = Path(__file__).with_name("step_matches.py")


@pytest.fixture(scope="module")
def suite() -> Suite:
    """The feature files, the register and the tag list of the checkout."""
    readme = (FEATURES / "README.md").read_text("utf-8")
    return Suite(read_files(FEATURES), load_register(FEATURES / "clauses.toml"), documented_tags(readme))


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.__name__)
def test_features_keep_to_the_style(lint: Callable[[Suite], Iterator[str]], suite: Suite) -> None:
    assert "\n".join(lint(suite)) == ""


def test_both_parsers_read_every_feature_and_see_the_same_scenarios_on_the_same_lines() -> None:
    ours = {(s.feature, s.line) for s in read_scenarios(FEATURES)}
    files = sorted(FEATURES.rglob("*.feature"))
    theirs = {
        (file.relative_to(FEATURES).as_posix(), scenario.line)
        for file in files
        for scenario in parse_file(str(file)).walk_scenarios()
    }
    assert ours == theirs
    assert len(read_features(FEATURES)) == len(files)


def test_scenario_ids_are_unique() -> None:
    ids = [scenario.id for scenario in read_scenarios(FEATURES)]
    assert len(ids) == len(set(ids))


def test_every_step_has_exactly_one_definition() -> None:
    done = subprocess.run([sys.executable, str(MATCHES), str(ROOT)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_behave_walks_the_whole_suite_dry() -> None:
    command = [sys.executable, "-m", "behave", "--dry-run", "--no-summary", "-f", "null"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
