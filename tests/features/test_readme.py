"""The README of the specification is true: its chapters, its glossary and its tag list are those of the files."""

from __future__ import annotations

import re
from pathlib import Path

from portal2fa.clauses import CHAPTERS, RUN_CLASSES
from portal2fa.gates import SHAPES
from portal2fa.profile import Capabilities
from tests.features.lints import documented_tags, read_files, tag_names, tagged_nodes

FEATURES = Path(__file__).resolve().parents[2] / "features"
README = (FEATURES / "README.md").read_text("utf-8")
TAGS = documented_tags(README)


def family(name: str) -> set[str]:
    """The documented values of one family of tags, without the family itself."""
    return {tag.removeprefix(f"@{name}.") for tag in TAGS if tag.startswith(f"@{name}.")} - {"*"}


def section(title: str) -> str:
    """The text of one section of the README."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_chapters_are_listed_in_reading_order() -> None:
    assert re.findall(r"^\| `(\w+)/` \|", section("How to read it"), re.MULTILINE) == list(CHAPTERS)


def test_every_chapter_that_is_listed_has_feature_files() -> None:
    assert [chapter for chapter in CHAPTERS if not list((FEATURES / chapter).glob("*.feature"))] == []


def test_the_areas_are_the_chapters_and_the_journey() -> None:
    assert family("area") == {"journey", *(chapter.replace("_", "-") for chapter in CHAPTERS)}


def test_the_capabilities_are_those_that_a_profile_declares_with_the_ways_in_which_methods_go_together() -> None:
    assert family("requires") == {name.replace("_", "-") for name in Capabilities.model_fields} | SHAPES.keys()


def test_the_run_classes_are_those_of_the_command() -> None:
    assert family("class") == set(RUN_CLASSES)


def test_every_need_and_capability_that_is_listed_is_used() -> None:
    used = {tag for file in read_files(FEATURES) for node in tagged_nodes(file) for tag in tag_names(node)}
    listed = {tag for tag in TAGS if tag.startswith(("@needs.", "@requires."))} - {"@needs.*", "@requires.*"}
    assert sorted(listed - used) == []


def test_every_term_of_the_glossary_is_spoken_in_the_specification() -> None:
    terms = re.findall(r"\*\*([^*]+)\*\*", section("Glossary"))
    texts = [*FEATURES.rglob("*.feature"), FEATURES / "clauses.toml"]
    spoken = re.sub(r"\s+", " ", " ".join(file.read_text("utf-8") for file in texts)).casefold()
    assert terms
    assert [term for term in terms if term.casefold() not in spoken] == []


def test_the_example_is_a_piece_of_a_feature_file() -> None:
    example = README.partition("```gherkin\n")[2].partition("```")[0].strip()
    assert any(example in file.read_text("utf-8") for file in FEATURES.rglob("*.feature"))


def test_every_link_leads_to_a_file() -> None:
    assert [name for name in re.findall(r"\]\(([\w./]+)\)", README) if not (FEATURES / name).exists()] == []
