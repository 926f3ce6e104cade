"""What a feature file has to keep to, one function a rule of style: each returns its complaints, none is silence.

A complaint is `path:line: sentence`.  The rules are those of `features/README.md`; `test_lints_can_fail.py` shows
for each of them a feature that breaks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.parser import Parser

from portal2fa.clauses import Register
from portal2fa.norms import NORM_CHAPTERS
from portal2fa.outcomes import Force

FORCES = tuple(force.value for force in Force if force is not Force.INFO)
STEPS = range(3, 8)
STEPS_OF_A_JOURNEY = range(3, 15)
PROSE_LINES = range(2, 6)

_UI_WORDS = re.compile(
    r"\b(click\w*|button\w*|fields?|pages?|webpage|urls?|selectors?|https?|checkbox\w*|dropdown\w*|textbox\w*|css"
    r"|xpath|submit\w*)\b|\bid=",
    re.IGNORECASE,
)
_USER_STORY = re.compile(r"\bas an? (user|customer|client|tester|admin\w*)\b|\bI want\b|\bso that I\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(I|my|we|our)\b")
_PLACEHOLDER = re.compile(r"<([^<> ][^<>]*)>")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FeatureFile:
    """One parsed feature file: its path below `features/` and its syntax tree."""

    path: str
    feature: Node

    def at(self, node: Node) -> str:
        """The place of `node`, as complaints begin."""
        return f"{self.path}:{node['location']['line']}"

    def rules(self) -> list[Node]:
        """The rules of the feature."""
        return [child["rule"] for child in self.feature["children"] if "rule" in child]

    def scenarios(self) -> Iterator[tuple[Node, list[Node], list[Node]]]:
        """Yield each scenario with all the steps it takes, backgrounds included, and its ancestors."""
        for parents in ([self.feature], *([self.feature, rule] for rule in self.rules())):
            children = [child for parent in parents for child in parent["children"]]
            given = [step for child in children if "background" in child for step in child["background"]["steps"]]
            for child in parents[-1]["children"]:
                if "scenario" in child:
                    yield child["scenario"], given + child["scenario"]["steps"], parents


@dataclass(frozen=True, slots=True)
class Suite:
    """All that the lints look at: the files, the register, and the tags that the README documents."""

    files: tuple[FeatureFile, ...]
    register: Register
    documented_tags: frozenset[str]


def read_files(features_dir: Path) -> tuple[FeatureFile, ...]:
    """Parse every feature file below `features_dir`."""
    files = sorted(features_dir.rglob("*.feature"))
    return tuple(FeatureFile(f.relative_to(features_dir).as_posix(), parse(f.read_text("utf-8"))) for f in files)


def parse(text: str) -> Node:
    """The syntax tree of one feature."""
    document: Any = Parser().parse(text)
    feature: Node = document["feature"]
    return feature


def documented_tags(readme: str) -> frozenset[str]:
    """The tags in backticks of the section `## Tags`, with their `@`."""
    section = readme.partition("\n## Tags\n")[2].partition("\n## ")[0]
    return frozenset(re.findall(r"`(@[^`\s]+)`", section))


def tag_names(node: Node) -> list[str]:
    """The tags written at `node`, with their `@`."""
    return [tag["name"] for tag in node["tags"]]


def tagged_nodes(file: FeatureFile) -> Iterator[Node]:
    """Yield everything in `file` that can carry tags."""
    yield file.feature
    yield from file.rules()
    for scenario, _, _ in file.scenarios():
        yield scenario
        yield from scenario["examples"]


def tags_are_documented(suite: Suite) -> Iterator[str]:
    """The list of tags is closed: each is in the README, clauses by their register, norms by their document."""
    for file in suite.files:
        for node in tagged_nodes(file):
            for tag in tag_names(node):
                family, _, rest = tag.partition(".")
                document = f"{family}.{rest.partition('-')[0]}-*" if family == "@norm" and "-" in rest else tag
                if family != "@clause" and document not in suite.documented_tags:
                    yield f"{file.at(node)}: {tag} is not in the tag list of features/README.md"


def areas_are_folders(suite: Suite) -> Iterator[str]:
    """Each feature has the area of its folder, once."""
    for file in suite.files:
        folder = file.path.rpartition("/")[0] or file.path.removesuffix(".feature")
        areas = [tag for tag in tag_names(file.feature) if tag.startswith("@area.")]
        if areas != [f"@area.{folder.replace('_', '-')}"]:
            yield f"{file.at(file.feature)}: the area of this folder is @area.{folder.replace('_', '-')}, once"


def clauses_and_forces_stand_at_rules(suite: Suite) -> Iterator[str]:
    """A Rule is what a clause claims, so its tag and its force stand there and nowhere else."""
    for file in suite.files:
        for node in tagged_nodes(file):
            if node["keyword"] != "Rule":
                for tag in tag_names(node):
                    if tag.startswith("@clause.") or tag.removeprefix("@") in FORCES:
                        yield f"{file.at(node)}: {tag} belongs to a Rule"


def rules_have_a_claim_and_a_force(suite: Suite) -> Iterator[str]:
    """Each rule names what it rests on; one with clauses has one force, which one of its clauses has too."""
    forces = {clause.id: clause.force.value for clause in suite.register.clauses}
    for file in suite.files:
        for rule in file.rules():
            tags = [tag.removeprefix("@") for tag in tag_names(rule)]
            own = [tag for tag in tags if tag in FORCES]
            clauses = [tag.removeprefix("clause.") for tag in tags if tag.startswith("clause.")]
            if not clauses and not any(tag.startswith("norm.") for tag in tags):
                yield f"{file.at(rule)}: the rule names no clause and no norm"
            if not clauses and own:
                yield f"{file.at(rule)}: @{own[0]} is a force of clauses; norms.toml has the level of a norm"
            elif clauses and len(own) != 1:
                yield f"{file.at(rule)}: the rule needs one of {', '.join('@' + force for force in FORCES)}"
            elif clauses and own[0] not in {forces.get(clause) for clause in clauses}:
                yield f"{file.at(rule)}: @{own[0]} is not the force of {', '.join(clauses)} in the register"


def clause_tags_are_registered(suite: Suite) -> Iterator[str]:
    """A clause tag names a clause of the register, and one that is not excluded."""
    clauses = {f"@clause.{clause.id}": clause for clause in suite.register.clauses}
    for file in suite.files:
        for rule in file.rules():
            for tag in tag_names(rule):
                if tag.startswith("@clause.") and tag not in clauses:
                    yield f"{file.at(rule)}: {tag} is not in features/clauses.toml"
                elif tag in clauses and clauses[tag].exclusion:
                    yield f"{file.at(rule)}: {tag} is excluded in features/clauses.toml, yet tested here"


def clauses_are_covered(suite: Suite) -> Iterator[str]:
    """Every clause has a rule of its own force that holds a scenario, or, where it does not bind, an exclusion."""
    rules = [rule for file in suite.files for rule in file.rules()]
    proven = [tag_names(rule) for rule in rules if any("scenario" in child for child in rule["children"])]
    for clause in suite.register.clauses:
        covered = any({f"@clause.{clause.id}", f"@{clause.force.value}"} <= set(tags) for tags in proven)
        if not covered and not clause.exclusion:
            yield f"clauses.toml: no rule is tagged @clause.{clause.id} @{clause.force.value} and has a scenario"


def norm_tags_are_registered(suite: Suite) -> Iterator[str]:
    """A norm tag stands at a rule or below it, and names a section that is in the register and can be proven."""
    sections = {f"@norm.{section.id}": section for section in suite.register.norms}
    for file in suite.files:
        for node in tagged_nodes(file):
            for tag in tag_names(node):
                if tag.startswith("@norm.") and node is file.feature:
                    yield f"{file.at(node)}: {tag} belongs to a Rule, or to what of it proves the section"
                elif tag.startswith("@norm.") and tag not in sections:
                    yield f"{file.at(node)}: {tag} is not in features/norms.toml"
                elif tag in sections and sections[tag].unproven:
                    yield f"{file.at(node)}: {tag} cannot be proven, as features/norms.toml says, yet is tested here"


def norms_are_covered(suite: Suite) -> Iterator[str]:
    """Every section has a scenario, by its own tag or by that of its rule or rows, or says why it has none."""
    rules = [rule for file in suite.files for rule in file.rules()]
    used = [tag_names(rule) for rule in rules if any("scenario" in child for child in rule["children"])]
    own = [tag_names(node) for file in suite.files for node in tagged_nodes(file) if "children" not in node]
    proven = {tag for tags in (*used, *own) for tag in tags}
    for section in suite.register.norms:
        if f"@norm.{section.id}" not in proven and not section.unproven:
            yield f"norms.toml: no scenario is tagged @norm.{section.id}, nor its rule"


def norms_alone_stand_in_chapters_of_their_own(suite: Suite) -> Iterator[str]:
    """What rests on norms alone is kept apart from what the help text says."""
    for file in suite.files:
        apart = file.path.partition("/")[0] in NORM_CHAPTERS
        for rule in file.rules():
            clauses = any(tag.startswith("@clause.") for tag in tag_names(rule))
            if clauses and apart:
                yield f"{file.at(rule)}: a rule of a clause belongs into the chapter of the clause"
            elif not clauses and not apart:
                yield f"{file.at(rule)}: a rule of norms alone belongs into {' or '.join(NORM_CHAPTERS)}"


def scenarios_are_short(suite: Suite) -> Iterator[str]:
    """A scenario takes three to seven steps with its backgrounds, a journey up to fourteen."""
    for file in suite.files:
        for scenario, steps, _ in file.scenarios():
            allowed = STEPS_OF_A_JOURNEY if "@journey" in tag_names(scenario) else STEPS
            if len(steps) not in allowed:
                bounds = f"{allowed.start} to {allowed.stop - 1}"
                yield f"{file.at(scenario)}: {len(steps)} steps, where {bounds} are allowed"


def scenarios_assert_something(suite: Suite) -> Iterator[str]:
    """A scenario without a Then can never find anything."""
    for file in suite.files:
        for scenario, _, _ in file.scenarios():
            if not any(step["keywordType"] == "Outcome" for step in scenario["steps"]):
                yield f"{file.at(scenario)}: the scenario has no Then"


def scenarios_stand_in_rules(suite: Suite) -> Iterator[str]:
    """A scenario is an example of a rule."""
    for file in suite.files:
        for scenario, _, parents in file.scenarios():
            if parents[-1]["keyword"] != "Rule":
                yield f"{file.at(scenario)}: the scenario stands outside any Rule"


def all_steps(file: FeatureFile) -> Iterator[Node]:
    """Yield every step once, those of backgrounds included."""
    seen: set[str] = set()
    for _, steps, _ in file.scenarios():
        for step in steps:
            if step["id"] not in seen:
                seen.add(step["id"])
                yield step


def _unquoted(text: str) -> str:
    return re.sub(r'"[^"]*"', '""', text)


def steps_name_no_controls(suite: Suite) -> Iterator[str]:
    """Outside quotes a step says what a person wants, not what a screen is built from."""
    for file in suite.files:
        for step in all_steps(file):
            if found := _UI_WORDS.search(_unquoted(step["text"])):
                yield f"{file.at(step)}: {found.group()!r} is a word of the user interface"


def steps_are_in_the_third_person(suite: Suite) -> Iterator[str]:
    """People have names: Ana and Ben, never I or we."""
    for file in suite.files:
        for step in all_steps(file):
            if found := _FIRST_PERSON.search(_unquoted(step["text"])):
                yield f"{file.at(step)}: {found.group()!r} is the first person; name the person"


def features_begin_with_prose(suite: Suite) -> Iterator[str]:
    """Two to five lines say why the feature exists, and not as a user story."""
    for file in suite.files:
        lines = [line for line in file.feature["description"].splitlines() if line.strip()]
        if len(lines) not in PROSE_LINES:
            yield f"{file.at(file.feature)}: {len(lines)} lines of prose, where 2 to 5 are wanted"
        if found := _USER_STORY.search(" ".join(lines)):
            yield f"{file.at(file.feature)}: {found.group()!r}: say why the feature exists instead of a user story"


def rules_say_why(suite: Suite) -> Iterator[str]:
    """Each rule has one line that begins with `Why:`; the report shows it when the rule fails."""
    for file in suite.files:
        for rule in file.rules():
            whys = re.findall(r"^\s*Why: \S", rule["description"], re.MULTILINE)
            if len(whys) != 1:
                yield f"{file.at(rule)}: the rule needs one line that begins with 'Why: '"


def names_are_unique(suite: Suite) -> Iterator[str]:
    """Within a file no two scenarios and no two rules have one name, so that ids stay what they are."""
    for file in suite.files:
        seen: set[tuple[str, str]] = set()
        for node in [*file.rules(), *(scenario for scenario, _, _ in file.scenarios())]:
            key = ("Rule" if node["keyword"] == "Rule" else "Scenario", node["name"].casefold())
            if key in seen:
                yield f"{file.at(node)}: the {key[0].lower()} {node['name']!r} is there twice"
            seen.add(key)


def outlines_fit_their_examples(suite: Suite) -> Iterator[str]:
    """Each placeholder has a column, each column a placeholder, each table rows, and no row is there twice."""
    for file in suite.files:
        for scenario, _, _ in file.scenarios():
            used = set(_PLACEHOLDER.findall(scenario["name"] + "\n" + "\n".join(s["text"] for s in scenario["steps"])))
            if used and not scenario["examples"]:
                yield f"{file.at(scenario)}: <{min(used)}> stands in a scenario without Examples"
            for table in scenario["examples"]:
                yield from _table_complaints(file, table, used)


def _table_complaints(file: FeatureFile, table: Node, used: set[str]) -> Iterator[str]:
    columns = {cell["value"] for cell in table["tableHeader"]["cells"]} if table.get("tableHeader") else set()
    rows = [tuple(cell["value"] for cell in row["cells"]) for row in table.get("tableBody") or ()]
    if columns != used:
        yield f"{file.at(table)}: the columns {sorted(columns)} are not the placeholders {sorted(used)}"
    if not rows or len(set(rows)) != len(rows):
        yield f"{file.at(table)}: the table has no rows, or one of them twice"


LINTS: tuple[Callable[[Suite], Iterator[str]], ...] = (
    tags_are_documented,
    areas_are_folders,
    clauses_and_forces_stand_at_rules,
    rules_have_a_claim_and_a_force,
    clause_tags_are_registered,
    clauses_are_covered,
    norm_tags_are_registered,
    norms_are_covered,
    norms_alone_stand_in_chapters_of_their_own,
    scenarios_are_short,
    scenarios_assert_something,
    scenarios_stand_in_rules,
    steps_name_no_controls,
    steps_are_in_the_third_person,
    features_begin_with_prose,
    rules_say_why,
    names_are_unique,
    outlines_fit_their_examples,
)
"""Every rule of style, in the order of the README."""
