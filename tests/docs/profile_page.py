"""Writes the tables of docs/profiles.md from the models and names of the profile language.

    python tests/docs/profile_page.py

What stands between `<!-- keys of … -->` or `<!-- names of … -->` and `<!-- end -->` is made here; all else is written
by hand.  The test beside it runs the same function and compares.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pydantic import BaseModel  # noqa: E402  the checkout has to be found first
from pydantic.fields import FieldInfo  # noqa: E402

from portal2fa import (  # noqa: E402
    profile,
    profile_accounts,
    profile_clock,
    profile_locator,
    profile_mailbox,
    profile_wrong_code,
)
from portal2fa.profile_names import TABLES  # noqa: E402

PAGE = ROOT / "docs" / "profiles.md"
HOMES = (profile, profile_accounts, profile_clock, profile_locator, profile_mailbox, profile_wrong_code)
MODELS: dict[str, type[BaseModel]] = {
    name: found
    for home in HOMES
    for name, found in vars(home).items()
    if isinstance(found, type) and issubclass(found, BaseModel) and found.__module__ == home.__name__
}
"""Every table of the language by its name in the code."""
_BLOCK = re.compile(r"^<!-- (keys|names) of (\w+) -->\n.*?^<!-- end -->$", re.MULTILINE | re.DOTALL)
_HEADS = {
    "places": "| name | needed when the portal has | what is there |",
    "controls": "| name | needed when the portal has | what it is |",
    "notices": "| name | needed when the portal has | what it tells |",
    "paths": "| name | needed when the portal has | from where to where |",
}


def described() -> list[tuple[str, str]]:
    """What the page has blocks for, in order: `keys` with a model's name, or `names` with a table's."""
    return [(kind, name) for kind, name in _BLOCK.findall(PAGE.read_text("utf-8"))]


def with_real_tables(text: str) -> str:
    """`text` with all generated blocks as they are now."""
    return _BLOCK.sub(lambda found: _block(found[1], found[2]), text)


def _block(kind: str, name: str) -> str:
    made = keys(MODELS[name]) if kind == "keys" else names(name)
    return f"<!-- {kind} of {name} -->\n{made}\n<!-- end -->"


def keys(model: type[BaseModel]) -> str:
    """A model's own words, one sentence a line, and a table of its keys."""
    intro = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    rows = ["| key | default | meaning |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        rows.append(f"| `{field.alias or name}` | {_default(field)} | {_meaning(field)} |")
    return "\n".join([re.sub(r"(?<=[a-z`)]\.) (?=[A-Z])", "\n", intro), "", *rows])


def names(table: str) -> str:
    """A table of the names that the specification knows in one table of a profile."""
    rows = [_HEADS[table], "|---|---|---|"]
    for name, known in TABLES[table].items():
        when = f"`{known.capability or known.declared}`" if known.declared else known.when
        rows.append(f"| `{name}` | {when} | {_cell(known.meaning)} |")
    return "\n".join(rows)


def _default(field: FieldInfo) -> str:
    """A default in TOML; a word for what has none there."""
    value = field.default
    if field.is_required():
        return "required"
    if isinstance(value, BaseModel):
        return "all defaults"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str):
        return _cell(f"`'{value}'`" if "\\" in value or "{" in value else f'`"{value}"`')
    return f"`{value}`" if isinstance(value, int | float) else "`[]`" if value == () else "none"


def _meaning(field: FieldInfo) -> str:
    said = " ".join((field.description or "").split()).removesuffix(".")
    return _cell(said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == " " else said)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(with_real_tables(PAGE.read_text("utf-8")), "utf-8")
