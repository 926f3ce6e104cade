"""docs/profile-by-example.md shows only what is in a profile of ours, and all that those profiles make use of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal2fa.profile_files import load_target, shipped
from portal2fa.profile_locator import Action, Locator
from tests.docs.pages import ROOT, blocks, page

PAGE = page("docs/profile-by-example.md")
SNIPPETS = blocks(PAGE, "toml")
PROFILES = {path.relative_to(ROOT).as_posix(): path for path in shipped(ROOT).values()}
ACCOUNT = dict.fromkeys(("PORTAL2FA_USERNAME", "PORTAL2FA_PASSWORD", "PORTAL2FA_NAME"), "made up")


def source(snippet: str) -> str:
    """The profile that a snippet names in its first line."""
    return snippet.splitlines()[0].removeprefix("# ")


def entries(table: dict[str, Any], *where: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every entry of a profile with its table; entries of `[controls]` and the like are taken whole."""
    for key, value in table.items():
        if isinstance(value, dict) and (not where or where == ("wrong_code",)):
            yield from entries(value, *where, key)
        else:
            yield (*where, key), value


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: " ".join(snippet.split())[:70])
def test_every_entry_of_a_snippet_is_in_the_profile_that_it_names(snippet: str) -> None:
    own = dict(entries(tomllib.loads(PROFILES[source(snippet)].read_text("utf-8"))))
    said = dict(entries(tomllib.loads(snippet)))
    assert said, "a snippet says something"
    assert said == {key: own.get(key) for key in said}


@pytest.mark.parametrize("path", sorted(PROFILES))
def test_every_profile_that_is_shown_from_can_be_used(path: str, tmp_path: Path) -> None:
    if "[start]" in PROFILES[path].read_text("utf-8"):
        own = PROFILES[path]
    else:  # whoever uses it says where the portal is
        own = tmp_path / "own.toml"
        own.write_text(f'extends = "{PROFILES[path].stem}"\nname = "own"\nurl = "https://portal.example"\n', "utf-8")
    assert load_target(str(own), ROOT, ACCOUNT).path == own


def test_every_profile_has_an_example() -> None:
    assert {source(snippet) for snippet in SNIPPETS} == set(PROFILES)


def used(texts: list[str]) -> set[str]:
    """The tables of the language, and the keys of controls and actions, of which these profiles make use."""
    words = {*Locator.model_fields, *Action.model_fields} | {"with"}
    found: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            found.update(words & value.keys())
            value = list(value.values())
        for inner in value if isinstance(value, list) else ():
            look(inner)

    for text in texts:
        table = tomllib.loads(text)
        found.update(key for key, value in table.items() if isinstance(value, dict))
        look(
            [*table.get("controls", {}).values(), *table.get("notices", {}).values(), *table.get("paths", {}).values()]
        )
    return found


def test_what_the_profiles_make_use_of_is_all_shown() -> None:
    everything = used([path.read_text("utf-8") for path in PROFILES.values()])
    assert everything >= {"within", "frame", "optional", "wrong_code"}
    assert everything - used(SNIPPETS) == {"timing", "places"}  # numbers and addresses, which profiles.md explains
