"""Feature files as prose and as a list of scenarios: what a reader sees, and what can be run.

    features/**/*.feature  ──read_features──▶  FeatureProse      name, description, rules
                           ──read_scenarios─▶  ScenarioOutline   id, place, tags, steps, after Examples

Read with `gherkin-official`, because behave's own model drops the blank lines of descriptions; it is imported
when first needed.  Nothing here runs a scenario.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from portal2fa.errors import UsageError
from portal2fa.outcomes import FeatureProse, RuleProse

if TYPE_CHECKING:
    from gherkin.parser_types import Examples, Feature, Rule, Scenario, Step, Tag

CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "finding_the_settings": "Finding the settings",
        "choosing_a_method": "Choosing a method",
        "time_based_tokens": "Time-based tokens",
        "email_codes": "Email codes",
        "backup_code": "Backup code",
        "turning_it_off": "Turning it off",
        "help": "Help",
        "security": "Security",
        "accessibility": "Accessibility",
    }
)
"""The folders of `features/` in reading order, with their titles."""

RUN_CLASSES = ("passive", "active", "two-user", "destructive")
"""What a scenario does to an account, from harmless to harmful; of several tags the most harmful counts."""


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """A step as it stands in the feature file, with the row of its outline filled in."""

    keyword: str
    text: str
    observes: bool
    """It is a Then, or an And or But after one: it looks at what the portal shows."""


@dataclass(frozen=True, slots=True)
class ScenarioOutline:
    """One runnable scenario, as written: a row of an outline's Examples is a scenario of its own.

    `id` is `path.feature#name-as-slug`, with `-2`, `-3` … for further rows; `feature` is the path below
    `features/` with `/`; `line` is where behave finds it (`path:line`), for an outline the line of the row.
    `tags` are those of feature, rule, scenario and examples together, without `@`; `background` has the steps that
    feature and rule put before its own `steps`.
    """

    id: str
    name: str
    feature: str
    line: int
    rule: str
    tags: tuple[str, ...]
    clauses: tuple[str, ...] = field(default=())
    norms: tuple[str, ...] = field(default=())
    requires: tuple[str, ...] = field(default=())
    needs: tuple[str, ...] = field(default=())
    run_class: str = RUN_CLASSES[0]
    background: tuple[WrittenStep, ...] = field(default=())
    steps: tuple[WrittenStep, ...] = field(default=())


def read_features(features_dir: Path) -> tuple[FeatureProse, ...]:
    """Read every feature file below `features_dir` as prose, `journey.feature` first, then by chapter."""
    return tuple(_prose(path, feature) for path, feature in _parsed(features_dir))


def read_scenarios(features_dir: Path) -> tuple[ScenarioOutline, ...]:
    """List every scenario below `features_dir`, in reading order, outlines expanded into their rows."""
    return tuple(scenario for path, feature in _parsed(features_dir) for scenario in _scenarios(path, feature))


def suite_digest(root: Path) -> str:
    """SHA-256 in hex over features, register, steps and fixtures below `root`: the same suite, the same digest.

    Line ends do not count, so that a checkout on another system has the same digest.
    """
    digest = hashlib.sha256()
    kinds = (("features", ".feature"), ("features", ".toml"), ("steps", ".py"), ("fixtures", ".py"))
    files = {file for folder, suffix in kinds for file in (root / folder).rglob(f"*{suffix}") if file.is_file()}
    for name, file in sorted((file.relative_to(root).as_posix(), file) for file in files):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _parsed(features_dir: Path) -> Iterator[tuple[str, Feature]]:
    """Yield path below `features_dir` and syntax tree of each feature file, in reading order."""
    paths = [file.relative_to(features_dir).as_posix() for file in features_dir.rglob("*.feature")]
    if not paths:
        raise UsageError(f"{features_dir}: there are no feature files.", hint="point to the folder features/")
    for path in sorted(paths, key=_reading_order):
        yield path, _parse(features_dir / path)


def _parse(file: Path) -> Feature:
    from gherkin.errors import ParserError  # noqa: PLC0415  takes as long as all the rest of the command's start
    from gherkin.parser import Parser  # noqa: PLC0415

    try:
        document = Parser().parse(file.read_text(encoding="utf-8"))
    except (ParserError, UnicodeDecodeError) as broken:
        raise UsageError(f"{file}: is not Gherkin.", cause=str(broken), hint="correct that line") from broken
    if not document.get("feature"):
        raise UsageError(f"{file}: has no Feature.", hint="write one, or remove the file")
    return document["feature"]


def _reading_order(path: str) -> tuple[int, str]:
    folder, slash, _ = path.partition("/")
    if not slash:
        return (-2 if path == "journey.feature" else -1), path
    chapters = list(CHAPTERS)
    return (chapters.index(folder) if folder in CHAPTERS else len(chapters)), path


def _prose(path: str, feature: Feature) -> FeatureProse:
    folder, slash, _ = path.partition("/")
    chapter = CHAPTERS.get(folder, folder.replace("_", " ").capitalize()) if slash else ""
    rules = tuple(RuleProse(rule["name"], _plain(rule["description"])) for rule in _rules(feature))
    return FeatureProse(path, chapter, feature["name"], _plain(feature["description"]), rules)


def _plain(description: str) -> str:
    return textwrap.dedent(description).strip()


def _rules(parent: Feature) -> list[Rule]:
    children = cast("list[dict[str, Any]]", parent["children"])
    return [cast("Rule", child["rule"]) for child in children if "rule" in child]


def _scenarios_of(parent: Feature | Rule) -> list[Scenario]:
    children = cast("list[dict[str, Any]]", parent["children"])
    return [cast("Scenario", child["scenario"]) for child in children if "scenario" in child]


def _scenarios(path: str, feature: Feature) -> Iterator[ScenarioOutline]:
    uses: dict[str, int] = {}
    for rule, inherited, before, scenario in _with_inherited(feature):
        named = slug(scenario["name"])
        for name, line, own, values in _rows(scenario):
            uses[named] = uses.get(named, 0) + 1
            identity = f"{path}#{named}" + (f"-{uses[named]}" if uses[named] > 1 else "")
            facts = _facts(f"{path}:{line}", [*inherited, *own])
            facts |= {"background": _steps(before, {}), "steps": _steps(scenario["steps"], values)}
            yield ScenarioOutline(id=identity, name=name, feature=path, line=line, rule=rule, **facts)


def slug(name: str) -> str:
    """The name of a scenario or outline as its id has it: small letters and digits, with dashes between."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _with_inherited(feature: Feature) -> Iterator[tuple[str, list[Tag], list[Step], Scenario]]:
    """Yield each scenario with the name of its rule, and the tags and the steps that it has from above."""
    before = _background(feature)
    for scenario in _scenarios_of(feature):
        yield "", feature["tags"], before, scenario
    for rule in _rules(feature):
        for scenario in _scenarios_of(rule):
            yield rule["name"], feature["tags"] + rule["tags"], before + _background(rule), scenario


def _background(parent: Feature | Rule) -> list[Step]:
    children = cast("list[dict[str, Any]]", parent["children"])
    return [step for child in children if "background" in child for step in child["background"]["steps"]]


def _steps(nodes: Sequence[Step], values: Mapping[str, str]) -> tuple[WrittenStep, ...]:
    """The steps with `values` in place; what would hang below one, such as a table, is left out."""
    steps: list[WrittenStep] = []
    for node in nodes:
        goes_on = node["keywordType"] == "Conjunction"
        observes = bool(steps and steps[-1].observes) if goes_on else node["keywordType"] == "Outcome"
        steps.append(WrittenStep(node["keyword"].strip(), _filled(node["text"], values), observes))
    return tuple(steps)


def _filled(text: str, values: Mapping[str, str]) -> str:
    for column, value in values.items():
        text = text.replace(f"<{column}>", value)
    return text


def _rows(scenario: Scenario) -> Iterator[tuple[str, int, list[Tag], Mapping[str, str]]]:
    """Yield name, line, own tags and values of a scenario, or of each row of its Examples."""
    if not scenario["examples"]:
        yield scenario["name"], scenario["location"]["line"], scenario["tags"], {}
    for table in scenario["examples"]:
        for name, line, values in _rows_of(scenario["name"], table):
            yield name, line, scenario["tags"] + table["tags"], values


def _rows_of(outline: str, table: Examples) -> Iterator[tuple[str, int, Mapping[str, str]]]:
    lines = cast("dict[str, Any]", table)  # an Examples without a table has neither header nor body
    header = [cell["value"] for cell in (lines.get("tableHeader") or {"cells": ()})["cells"]]
    for row in lines.get("tableBody") or ():
        values = dict(zip(header, (cell["value"] for cell in row["cells"]), strict=True))
        name = _filled(outline, values)
        yield (
            name if name != outline else f"{outline} ({', '.join(values.values())})",
            row["location"]["line"],
            values,
        )


def _facts(place: str, raw: list[Tag]) -> dict[str, Any]:
    """What the tags say, as keyword arguments of a ScenarioOutline."""
    tags = tuple(dict.fromkeys(tag["name"].removeprefix("@") for tag in raw))
    facts: dict[str, Any] = {"tags": tags}
    for key, prefix in (("clauses", "clause."), ("norms", "norm."), ("requires", "requires."), ("needs", "needs.")):
        facts[key] = tuple(tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix))
    classes = [tag.removeprefix("class.") for tag in tags if tag.startswith("class.")]
    for word in set(classes) - set(RUN_CLASSES):
        raise UsageError(f"{place}: @class.{word} is not a run class.", hint=f"use one of {', '.join(RUN_CLASSES)}")
    return facts | {"run_class": max(classes, key=RUN_CLASSES.index, default=RUN_CLASSES[0])}
