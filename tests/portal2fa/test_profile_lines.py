"""The line of a key is found, however TOML lets it be written."""

from __future__ import annotations

import tomllib

import pytest

from portal2fa.profile_files import find_root, shipped
from portal2fa.profile_lines import Key, Lines

TEXT = '''\
# a comment with [brackets] and = signs
name = "own"   # [not.a.table]
"quoted key" = 'x = 1'
long = """
[also.no.table]
no = "key"
"""
[accounts]
kind = "pool"
pool = [   # one a line
    { username = "a", password = "]}" },
    # { username = "commented out" },

    { username = "b", password = [
        "c" ] },
]
[controls]
enable = { role = "button", name = "Go, now", within = { css = "#x[a='b']" } }
list = [{ css = "#a" }, { css = "#b" }]
dotted.one.two = 3
when = 1979-05-27 07:32:00
[screens.small . "odd name"]
below = 1200
[[rows]]
x = 1
[rows.inner]
y = 1
[[rows]]
x = 2
[rows.inner]
y = 2
[a.b]
literal = \'\'\'one
two ' three\'\'\'
last = "\\"quoted\\" = 1"
end = true'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("name",), 2),
        (("quoted key",), 3),
        (("long",), 4),
        (("accounts",), 8),
        (("accounts", "kind"), 9),
        (("accounts", "pool"), 10),
        (("accounts", "pool", 0), 11),
        (("accounts", "pool", 0, "password"), 11),
        (("accounts", "pool", 1), 14),
        (("accounts", "pool", 1, "password", 0), 15),
        (("controls", "enable", "within", "css"), 18),
        (("controls", "list", 1, "css"), 19),
        (("controls", "dotted", "one", "two"), 20),
        (("controls", "when"), 21),
        (("screens", "small", "odd name", "below"), 23),
        (("screens",), 22),
        (("rows", 0, "x"), 25),
        (("rows", 0, "inner", "y"), 27),
        (("rows", 1), 28),
        (("rows", 1, "inner", "y"), 31),
        (("a", "b", "last"), 35),
        (("a", "b", "end"), 36),
    ],
)
def test_a_key_is_found_on_its_line(key: Key, line: int) -> None:
    assert Lines(TEXT).knows(key)
    assert Lines(TEXT).line(key) == line


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("accounts", "seconds"), 8),
        (("accounts", "pool", 1, "email"), 14),
        (("controls", "enable", "exact"), 18),
        (("mailbox", "kind"), 1),
        ((), 1),
        (("also",), 1),
    ],
)
def test_the_table_around_stands_for_a_key_that_is_not_there(key: Key, line: int) -> None:
    assert not Lines(TEXT).knows(key)
    assert Lines(TEXT).line(key) == line


def every_key(value: object, key: Key = ()) -> list[Key]:
    pairs: list[tuple[int | str, object]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    return [found for part, inner in pairs for found in [(*key, part), *every_key(inner, (*key, part))]]


@pytest.mark.parametrize("name", sorted(shipped(find_root())))
def test_every_key_of_a_shipped_profile_is_found(name: str) -> None:
    text = shipped(find_root())[name].read_text("utf-8")
    lines = Lines(text)
    rows = text.splitlines()
    keys = every_key(tomllib.loads(text))
    assert keys
    for key in keys:
        assert lines.knows(key), key
        assert isinstance(key[-1], int) or str(key[-1]) in rows[lines.line(key) - 1], key


def test_every_key_of_the_sample_is_found_and_no_other() -> None:
    keys = every_key(tomllib.loads(TEXT))
    assert set(Lines(TEXT)._found) == set(keys)


@pytest.mark.parametrize("text", ["", "\n# nothing\n", "a = 1", "a=[[1,2],[3]]\r\nb={}\r\n"])
def test_small_texts_are_read_to_their_end(text: str) -> None:
    assert set(Lines(text)._found) == set(every_key(tomllib.loads(text)))
