"""The JSON Schema of profiles, made from the models, so that editors complete a profile and underline what is wrong.

It describes the file as a person writes it: with `extends` and `[locales]`, a bare word in a path, a single locator
without a list, and `$NAME` where the environment is read.  What only holds between entries is left to
`portal2fa profile check`.
"""

from __future__ import annotations

from typing import Any

from portal2fa.profile import Profile
from portal2fa.profile_locator import _DEEDS, _WAYS
from portal2fa.profile_names import ALWAYS, OPTIONAL, TABLES

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAME = r"^[a-z][a-z0-9_]*$"
_FROM_ENVIRONMENT = {"type": "string", "pattern": r"^\$[A-Z][A-Z0-9_]*$"}
_LOCATOR = {"$ref": "#/$defs/Locator"}
_ACTION = {"$ref": "#/$defs/Action"}
_ENTRY: dict[str, Schema] = {
    "places": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]},
    "controls": {"anyOf": [_LOCATOR, {"type": "array", "items": _LOCATOR, "minItems": 1}]},
    "paths": {"type": "array", "items": {"anyOf": [{"type": "string", "pattern": _NAME}, _ACTION]}},
}
_ENTRY["notices"] = _ENTRY["controls"]
"""What stands behind one name of each table."""


def schema() -> Schema:
    """The schema of a profile's file, as a table of JSON values."""
    made = _without_null(Profile.model_json_schema(by_alias=True))
    for table in TABLES:
        _name(made["properties"], table)
    tables: Schema = made["$defs"]
    tables["Locator"]["oneOf"] = _exactly_one(tuple(_WAYS))
    tables["Action"]["oneOf"] = _exactly_one(_DEEDS)
    for table in ("controls", "paths"):
        _name(tables["Narrow"]["properties"], table)
    tables["Overlay"] = _overlay(made["properties"]["language"])
    for name in ("Account", "Accounts", "Mailbox"):
        _allow_variables(tables[name]["properties"])
    made["properties"] = _top() | made["properties"]
    return {"$schema": _DIALECT, "title": "A profile of portal2fa"} | _required_without_base(made)


def _without_null(value: Any) -> Any:
    """TOML has no null: what may be absent is just not required."""
    if isinstance(value, list):
        return [_without_null(item) for item in value]
    if not isinstance(value, dict):
        return value
    plain = {key: _without_null(item) for key, item in value.items() if item is not None}
    choices = [choice for choice in plain.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del plain["anyOf"]
        plain |= {key: item for key, item in choices[0].items() if key not in plain}
    return plain


def _names(table: str) -> Schema:
    """The known names of a table, each with what it stands for; controls may have others."""
    named = {name: _ENTRY[table] | {"description": _meaning(table, name)} for name in TABLES[table]}
    others: Schema | bool = _ENTRY[table] if table == "controls" else False
    return {
        "type": "object",
        "properties": named,
        "propertyNames": {"pattern": _NAME},
        "additionalProperties": others,
    }


def _name(properties: Schema, table: str) -> None:
    """Put the names that are known in place of whatever name the models would take."""
    said = properties[table]
    properties[table] = {key: said[key] for key in ("title", "description", "default") if key in said} | _names(table)


def _meaning(table: str, name: str) -> str:
    known = TABLES[table][name]
    when = {ALWAYS: "needed always", OPTIONAL: "optional"}.get(known.when, f"needed with {known.declared}")
    return f"{known.meaning} ({when})"


def _exactly_one(keys: tuple[str, ...]) -> list[Schema]:
    return [{"required": [key]} for key in keys]


def _overlay(language: Schema) -> Schema:
    """One of the `[locales]`: names as in the profile, none of them required."""
    return {
        "title": "Overlay",
        "description": "What is different in one language of the portal; chosen by --locale.",
        "type": "object",
        "properties": {"language": language} | {table: _names(table) for table in TABLES},
        "additionalProperties": False,
    }


def _allow_variables(properties: Schema) -> None:
    """Numbers may come from the environment as well, and then stand in the file as text."""
    for name, said in properties.items():
        if said.get("type") in ("integer", "number"):
            outer = {key: said[key] for key in ("title", "description", "default") if key in said}
            inner = {key: item for key, item in said.items() if key not in outer}
            properties[name] = outer | {"anyOf": [inner, _FROM_ENVIRONMENT]}


def _top() -> Schema:
    """What the reader of files takes out of a profile before the models see it."""
    return {
        "extends": {
            "type": "string",
            "description": "The profile that this one stands on: a shipped one's name, or a file beside this one.",
        },
        "locales": {
            "type": "object",
            "description": "What is different in other languages of the portal.",
            "additionalProperties": {"$ref": "#/$defs/Overlay"},
        },
    }


def _required_without_base(made: Schema) -> Schema:
    """What has to be there, unless a base may have brought it."""
    tables = made["$defs"]
    whole: Schema = {
        "required": made.pop("required"),
        "properties": {
            "capabilities": {"required": tables["Capabilities"].pop("required")},
            "screens": {"additionalProperties": {"required": tables["Narrow"].pop("required")}},
        },
    }
    return made | {"if": {"not": {"required": ["extends"]}}, "then": whole}
