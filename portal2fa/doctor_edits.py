"""Proposed edits of a profile: what stands on a page, and which of it most likely is meant.

What stands there comes as Playwright's accessibility snapshot, a line an element: `- button "Enable"`.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal2fa.clauses import normalise_label
from portal2fa.doctor import Edit
from portal2fa.drafting.pointing import with_placeholders
from portal2fa.profile_locator import Locator

FIELDS = ("textbox", "searchbox", "spinbutton", "combobox", "checkbox", "radio", "switch")
"""Roles of what has a label."""
_BY_DEED = {
    "press": ("button", "link", "menuitem", "tab", "checkbox"),
    "fill": ("textbox", "searchbox", "spinbutton"),
    "choose": ("radio", "checkbox", "switch", "option"),
    "untick": ("checkbox", "switch"),
    "select": ("combobox", "listbox"),
    "scan": ("img",),
    "say": ("heading", "text", "alert", "status", "dialog", "textbox"),
}
_ALONE = ("fill", "choose", "untick", "select", "scan")
"""What cannot be done with anything of another role."""
_LINE = re.compile(r"""^\s*- '?(?:([a-z]+)(?: "((?:[^"\\]|\\.)*)")?[^:\n]*)(?::(?: (.*))?)?$""", re.MULTILINE)
_PLAIN = ("paragraph", "generic", "strong", "emphasis")
"""Roles of what is but a text; so is what has no name of its own, whatever its role."""
_CODE = re.compile(
    r"(?<![\w-])(?=[\w-]*\d)(?:[A-Za-z0-9]{3,}(?:-[A-Za-z0-9]{3,})+|[A-Za-z0-9]{6,})(?![\w-])"
    r"|^(?=.*\d)[A-Z0-9]{4}(?:\s[A-Z0-9]{2,4}){2,}$"
)
"""What looks like a code or a secret: neither belongs into a profile, nor into a report."""
MOST = 3
"""So many proposals are made for an entry."""
_HEADS = 0.3
"""By so much a heading says better than other texts what a page has come to."""
_NEAR = 0.6
"""From this likeness on, an element of another role is worth proposing."""


CAME = "it came with what was done last"
"""What speaks for a notice."""
NO_VALUES: Mapping[str, str] = {}
"""For elements of no account."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An element on a page: its role, and its accessible name or its text."""

    role: str
    name: str


def elements(snapshot: str) -> list[Seen]:
    """All elements of a snapshot that have a name or a text, each once, in the order of the page; no codes."""
    found = []
    for role, name, text in _LINE.findall(snapshot):
        said = _unquoted(f'"{name}"') if name else _unquoted(text)
        is_value = not name and role in FIELDS  # what somebody typed into a field without a label
        if said and role and not is_value and not holds_code(said):
            found.append(Seen(role if name and role not in _PLAIN else "text", said))
    return list(dict.fromkeys(found))


def holds_code(text: str) -> bool:
    """Whether something in a text looks like a code or a secret."""
    return _CODE.search(text) is not None


def _unquoted(text: str) -> str:
    text = text.strip()
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    return text


def likeness(wanted: Iterable[str], name: str) -> float:
    """How near a name is to the nearest of the wanted ones, 0 to 1; letter case, hyphens and spaces do not count."""
    plain = normalise_label(name)
    return max((_alike(normalise_label(text), plain) for text in wanted if text), default=0.0)


def _alike(wanted: str, name: str) -> float:
    if not wanted or not name:
        return 0.0
    if wanted in name or name in wanted:
        return max(0.9 * min(len(wanted), len(name)) / max(len(wanted), len(name)), 0.7) if wanted != name else 1.0
    return difflib.SequenceMatcher(None, wanted, name).ratio()


def nearest(
    locators: Sequence[Locator],
    page: Sequence[Seen],
    *,
    wanted: Collection[str] = (),
    deed: str = "",
    fresh: Collection[Seen] = (),
    values: Mapping[str, str] = NO_VALUES,
    weigh: Callable[[float, Seen], float] = lambda score, seen: score,
) -> list[tuple[float, Seen]]:
    """The elements that an entry may mean, the likeliest first, with their likeness; none that it points at now.

    `wanted` are other wordings, such as the documented one; `deed` is what a path does with it, for locators that say
    no role; `fresh` are elements that came with the last deed, which a notice most likely is one of; `values` are what
    placeholders stand for; `weigh` says how likely something is, whose wording is so near, 0 to 1.
    """
    locator, known = locators[0], [each.model_dump(exclude_defaults=True) for each in locators]
    texts = [locator.name, locator.label, locator.text, locator.placeholder, *wanted]
    roles = _roles(locator, deed)
    rated = []
    named = {seen.name for seen in page if seen.role != "text"}
    for seen in page:
        if as_locator(seen, values) in known or (seen.role == "text" and seen.name in named):
            continue  # what it points at now, or the bare text of something else
        fits, score = seen.role in roles or not roles, weigh(likeness(texts, seen.name), seen)
        if seen in fresh and len(seen.name) < 200:
            score += 1.0 if fits else 0.5
            score += _HEADS if deed == "say" and seen.role == "heading" else 0.0
        if fits or (score >= _NEAR and deed not in _ALONE):
            rated.append((score + (0.1 if fits else 0.0), seen))
    return sorted(rated, key=lambda pair: -pair[0])[:MOST]


def _roles(locator: Locator, deed: str) -> tuple[str, ...]:
    fitting = _BY_DEED.get(deed, ())
    if locator.role and (not fitting or locator.role in fitting):
        return (locator.role,)
    return fitting or (FIELDS if locator.label else ())


def proposals(
    key: str,
    found: Iterable[tuple[float, Seen]],
    *,
    fresh: Collection[Seen] = (),
    values: Mapping[str, str] = NO_VALUES,
) -> tuple[Edit, ...]:
    """The edits that let the entry at `key` point at each of `found`."""
    table, _, name = key.rpartition(".")
    return tuple(
        Edit(
            table,
            f"{name} = {inline(as_locator(seen, values))}",
            CAME if seen in fresh else "it stands on the page",
        )
        for _, seen in found
    )


def as_locator(seen: Seen, values: Mapping[str, str] = NO_VALUES) -> dict[str, Any]:
    """How a profile points at an element; what `values` hold of the account stands there as `{name}` and the like."""
    name = with_placeholders(seen.name, values)
    if seen.role == "text":
        return {"text": name}
    if seen.role in ("textbox", "searchbox", "spinbutton"):
        return {"label": name}
    return {"role": seen.role, "name": name}


def setting(key: str, value: object, because: str = "") -> Edit:
    """The edit that gives a key another value."""
    table, _, name = key.rpartition(".")
    return Edit(table, f"{name} = {inline(value)}", because)


def inline(value: object) -> str:
    """A value as TOML on one line; text that holds a backslash is written literally where it can be."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    if isinstance(value, str) and "\\" in value and "'" not in value and "\n" not in value:
        return f"'{value}'"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
