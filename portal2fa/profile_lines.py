"""Where in a TOML file a key stands: the parser of the standard library keeps no line numbers.

The text has been accepted by `tomllib` before, so the reader below looks for keys only and trusts the rest.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Key = tuple[int | str, ...]

_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'", re.DOTALL
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]+")


class Lines:
    """The lines of all keys of one TOML text."""

    def __init__(self, text: str) -> None:
        """Read `text`, which has to be TOML."""
        self._found = dict(_Reader(text).keys())

    def knows(self, key: Key) -> bool:
        """Whether the text itself has the key."""
        return key in self._found

    def line(self, key: Key) -> int:
        """The line of `key`, counted from 1; of the innermost table around it where the key itself is not there."""
        while key and key not in self._found:
            key = key[:-1]
        return self._found.get(key, 1)


class _Reader:
    """Goes through a TOML text once, from key to key."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._rows: dict[Key, int] = {}
        """How often a `[[table]]` was there."""

    def keys(self) -> Iterator[tuple[Key, int]]:
        """Every key with the line on which it is said first."""
        seen: set[Key] = set()
        for key, line in self._document():
            if key not in seen:
                seen.add(key)
                yield key, line

    def _document(self) -> Iterator[tuple[Key, int]]:
        table: Key = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
                yield from self._prefixes((), table)
            else:
                yield from self._entry(table)

    def _header(self) -> Key:
        many = self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        key: Key = ()
        parts = self._dotted()
        for number, part in enumerate(parts, 1):
            key = (*key, part)
            if many and number == len(parts):
                self._rows[key] = self._rows.get(key, -1) + 1
            if key in self._rows:
                key = (*key, self._rows[key])
        self._at += 2 if many else 1
        return key

    def _entry(self, table: Key) -> Iterator[tuple[Key, int]]:
        key = (*table, *self._dotted())
        yield from self._prefixes(table, key)
        self._skip(_SPACE)
        self._at += 1  # the sign of equality
        self._skip(_SPACE)
        yield from self._value(key)

    def _value(self, key: Key) -> Iterator[tuple[Key, int]]:
        opening = self._text[self._at]
        if opening == "[":
            yield from self._array(key)
        elif opening == "{":
            yield from self._inline(key)
        elif string := _STRING.match(self._text, self._at):
            self._at = string.end()
        else:
            self._skip(_SCALAR)

    def _array(self, key: Key) -> Iterator[tuple[Key, int]]:
        self._at += 1
        number = 0
        while self._text[self._skip(_BLANK)] != "]":
            yield (*key, number), self._line()
            yield from self._value((*key, number))
            number += 1
            self._comma()
        self._at += 1

    def _inline(self, key: Key) -> Iterator[tuple[Key, int]]:
        self._at += 1
        while self._text[self._skip(_BLANK)] != "}":
            yield from self._entry(key)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        if self._text[self._skip(_BLANK)] == ",":
            self._at += 1

    def _dotted(self) -> list[str]:
        parts = [self._part()]
        while self._text[self._skip(_SPACE)] == ".":
            self._at += 1
            parts.append(self._part())
        return parts

    def _part(self) -> str:
        start = self._skip(_SPACE)
        quoted = self._text[start] in "\"'"
        self._skip(_STRING if quoted else _BARE_KEY)
        said = self._text[start : self._at]
        return str(tomllib.loads(f"key = {said}")["key"]) if quoted else said

    def _prefixes(self, table: Key, key: Key) -> Iterator[tuple[Key, int]]:
        for length in range(len(table) + 1, len(key) + 1):
            yield key[:length], self._line()

    def _skip(self, pattern: re.Pattern[str]) -> int:
        if found := pattern.match(self._text, self._at):
            self._at = found.end()
        return self._at

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1
