"""Every entry of every shipped profile, broken one at a time, is refused by a look at the profile that names it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from portal2fa.profile import Profile
from portal2fa.profile_checks import is_needed
from portal2fa.profile_files import find_root, judged, shipped
from portal2fa.profile_lines import Key
from portal2fa.profile_names import OPTIONAL, TABLES
from portal2fa.profile_tables import Source, Table, merged, read_all
from portal2fa.profile_words import key_in_words

ROOT = find_root()
SHIPPED = shipped(ROOT)
Break = Callable[[Any, Any], Any]


def entries(value: object, way: Key = ()) -> Iterator[Key]:
    """Every entry below a raw value: tables, their keys, and what lists hold."""
    if way:
        yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        yield from entries(item, (*way, name))


def complaints(sources: list[Source], own: Table) -> list[str]:
    """What is said of a profile whose own file says `own`."""
    table = merged([replace(sources[0], table=own), *sources[1:]])
    return [str(told) for told in judged(table, {key: own[key] for key in own if key != "extends"}, {})[1]]


def broken(sources: list[Source], way: Key, deed: Break) -> list[str]:
    """What is said once `deed` was done to the table or list that holds an entry, and to the entry's name in it."""
    own = copy.deepcopy(sources[0].table)
    inner: Any = own
    for part in way[:-1]:
        inner = inner[part]
    deed(inner, way[-1])
    return complaints(sources, own)


def misspell(inner: Any, name: Any) -> None:
    """Write the name of an entry wrongly; of a list, the control that it names."""
    if isinstance(name, int):
        inner[name] += "x"
        return
    kept = [(f"{key}x" if key == name else key, value) for key, value in inner.items()]
    inner.clear()
    inner.update(kept)


def mistype(inner: Any, name: Any) -> None:
    """Put a value of another kind in its place."""
    value = inner[name]
    inner[name] = "soon" if isinstance(value, int | float) and not isinstance(value, bool) else 7


def remove(inner: Any, name: Any) -> None:
    """Take the entry away."""
    del inner[name]


def can_be_misspelt(table: Table, way: Key) -> bool:
    """Whether an entry has a name: a key, or a word in a path that names a control."""
    value: Any = table
    for part in way:
        value = value[part]
    return isinstance(way[-1], str) or (way[0] == "paths" and isinstance(value, str))


def named(told: list[str], key: str) -> bool:
    """Whether a complaint is about the entry, about what holds it, or about something in it."""
    keys = [line.partition(": ")[0] for line in told]
    return any(other.startswith(key) or key.startswith(other) for other in keys)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_an_entry_whose_name_is_misspelt_is_told(name: str) -> None:
    sources = read_all(SHIPPED[name], ROOT)
    ways = [way for way in entries(sources[0].table) if can_be_misspelt(sources[0].table, way)]
    unnoticed = [
        key_in_words(way)
        for way in ways
        if way != ("extends",)
        if not named(broken(sources, way, misspell), key_in_words(way) + ("x" if isinstance(way[-1], str) else ""))
    ]
    assert len(ways) > 10
    assert unnoticed == []


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_an_entry_with_a_value_of_another_kind_is_told(name: str) -> None:
    sources = read_all(SHIPPED[name], ROOT)
    ways = [way for way in entries(sources[0].table) if way != ("extends",)]
    unnoticed = [key_in_words(way) for way in ways if not named(broken(sources, way, mistype), key_in_words(way))]
    assert unnoticed == []


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_an_entry_that_is_needed_and_taken_away_is_told(name: str) -> None:
    sources = read_all(SHIPPED[name], ROOT)
    below = merged(sources[1:])
    table = merged(sources)
    profile, _ = judged(table, {}, {})
    assert profile is not None
    used = {action.control for path in profile.paths.values() for action in path}

    def needed(way: Key) -> bool:
        if len(way) == 1:
            return Profile.model_fields[str(way[0])].is_required() and way[0] not in below
        first, second, *rest = map(str, way)
        if rest or second in below.get(first, {}):
            return False
        known = TABLES.get(first, {}).get(second)
        if known is not None and known.when != OPTIONAL and is_needed(profile, second, known):
            return True
        return first == "capabilities" or (first == "controls" and second in used)

    ways = [way for way in entries(table) if needed(way)]
    untold = []
    for way in (way for way in entries(sources[0].table) if way in ways):
        told = broken(sources, way, remove)
        if not (named(told, key_in_words(way)) or any(f"'{way[-1]}' that is not described" in line for line in told)):
            untold.append(key_in_words(way))
    assert untold == []
    assert ways or below, "a profile that stands on no other has entries of its own that it cannot do without"


def test_a_misspelt_key_is_told_also_where_its_value_is_a_variable_that_is_not_set() -> None:
    sources = read_all(SHIPPED["documented"], ROOT)
    told = broken(sources, ("accounts", "pool", 0, "password"), misspell)
    assert named(told, "accounts.pool[0].passwordx"), told
