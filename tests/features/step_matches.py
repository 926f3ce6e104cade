"""Run as a program: how many step definitions does each step have?  Prints one complaint a line.

    python tests/features/step_matches.py ROOT

behave itself takes the first definition that matches and never looks for a second one.  This has to run in a process
of its own, because behave keeps step definitions in one global registry.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from behave.configuration import Configuration
from behave.model import Step
from behave.parser import parse_file
from behave.runner import Runner
from behave.step_registry import registry


def load_definitions() -> None:
    """Load the hooks and step definitions of the current directory, as `behave` does."""
    runner = Runner(Configuration(["--no-color", "features"]))
    runner.setup_paths()
    runner.load_hooks()
    runner.load_step_definitions()


def definitions_of(step: Step) -> list[str]:
    """The places of all definitions that match `step`."""
    candidates = [*registry.steps[step.step_type], *registry.steps["step"]]
    return [str(definition.location) for definition in candidates if definition.match(step.name)]


def complaints(features_dir: Path) -> Iterator[str]:
    """Yield each step that has no definition, or more than one."""
    for file in sorted(features_dir.rglob("*.feature")):
        for scenario in parse_file(str(file)).walk_scenarios():
            for step in scenario.all_steps:
                places = definitions_of(step)
                if len(places) != 1:
                    found = f"is defined at {' and '.join(places)}" if places else "is not defined"
                    place = f"{file.relative_to(features_dir).as_posix()}:{step.line}"
                    yield f"{place}: {step.step_type} {step.name!r} {found}"


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    sys.path.insert(0, sys.argv[1])
    load_definitions()
    found = list(dict.fromkeys(complaints(Path("features"))))
    print("\n".join(found))
    sys.exit(1 if found else 0)
