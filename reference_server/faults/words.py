"""Saying the same in other words: in the sources of the pages, and in the sentences that are put into them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jinja2 import BaseLoader, Environment


class Words:
    """Replaces texts by others, the longest first, so that no text is replaced within another one."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Replace each key by its value, wherever it stands as a whole word."""
        self._words = words
        longest_first = sorted(words, key=len, reverse=True)
        self._any = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest_first))

    def said(self, value: object) -> object:
        """A value that is put into a page."""
        return self._words.get(value, value) if isinstance(value, str) else value

    def of(self, loader: BaseLoader) -> BaseLoader:
        """The templates of `loader` in the other words."""
        return _Reworded(loader, lambda source: self._any.sub(lambda found: self._words[found.group()], source))


class _Reworded(BaseLoader):
    def __init__(self, loader: BaseLoader, change: Callable[[str], str]) -> None:
        self._loader, self._change = loader, change

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, name, up_to_date = self._loader.get_source(environment, template)
        return self._change(source), name, up_to_date
