"""What is wrong with a profile's values, in words that somebody who never saw the code can act on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portal2fa.profile import Profile
from portal2fa.profile_entry import WRONG
from portal2fa.profile_lines import Key
from portal2fa.profile_values import UNKNOWN_VALUE

_FEW = 20
"""How many possible values a remedy lists; of more, only near ones are named."""


UNKNOWN = "is not a key that is known here"
"""What is wrong with a key that nobody reads."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong with a profile: the key path as a person writes it, what is wrong, and the remedy."""

    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """All on one line."""
        return f"{self.key}: {self.what}" + (f" — {self.remedy}" if self.remedy else "")


def key_in_words(key: Key) -> str:
    """A key path as a person writes it: `accounts.pool[0].password`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")


def key_in_parts(key: str) -> Key:
    """The key path that `key_in_words` wrote."""
    return tuple(int(part[1:-1]) if part[0] == "[" else part for part in re.findall(r"\[\d+\]|[^.\[\]]+", key))


def nearest(name: str, known: Collection[str], otherwise: str) -> str:
    """A remedy for a name that is not `known`: the near one, or `otherwise`."""
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean '{near[0]}'?" if near else otherwise


def in_words(error: ValidationError, table: object) -> list[Complaint]:
    """The complaints that pydantic's `error` about the raw `table` stands for, each place once."""
    found: dict[str, Complaint] = {}
    for details in error.errors():
        if details["type"] == "too_short" and details["input"]:
            continue  # its entries are wrong, which is told of each, and so none of them was counted
        key = key_in_words(_as_written((*details["loc"], *_entry(details)), table))
        what, remedy = _sentence(details)
        found.setdefault(key, Complaint(key, what, remedy))
    return list(found.values())


def _as_written(location: Key, table: object) -> Key:
    """A location without what pydantic adds to it: kinds of a choice, and the list around a single locator."""
    key: Key = ()
    for part in location:
        if isinstance(part, int) and not isinstance(table, list):
            continue
        if isinstance(part, str) and re.fullmatch(r"str|tuple\[.*|\[key\]", part) and not _has(table, part):
            continue
        key = (*key, part)
        table = table[part] if _has(table, part) else None  # type: ignore[index]
    return key


def _has(table: object, part: int | str) -> bool:
    if isinstance(part, int):
        return isinstance(table, list) and part < len(table)
    return isinstance(table, dict) and part in table


def _entry(details: ErrorDetails) -> Key:
    """The entry of the table that an error of our own is about; empty where it is about all of it."""
    at = details["ctx"]["at"] if details["type"] == WRONG else ""
    return (at,) if at else ()


def _sentence(details: ErrorDetails) -> tuple[str, str]:
    if details["loc"][0] == "places" and details["type"] in ("string_type", "tuple_type"):
        return "has to be an address below the portal's own, or a list of them", 'write "/…" or ["/…", "/…"]'
    return _SENTENCES.get(details["type"], _otherwise)(details)


def _otherwise(details: ErrorDetails) -> tuple[str, str]:
    return details["msg"], "write it as the page about profiles says of this entry"


def _superfluous(details: ErrorDetails) -> tuple[str, str]:
    *around, name = details["loc"]
    known = _keys_at(tuple(around))
    listed = f"; known are: {', '.join(sorted(known))}" if known else ""
    return UNKNOWN, nearest(str(name), known, "remove it, or mend its spelling" + listed)


def _choice(details: ErrorDetails) -> tuple[str, str]:
    text = str(details["ctx"]["expected"])
    known = [value for value in re.findall(r"'([^']*)'", text) if value] or re.findall(r"\d+", text)
    given = details["input"]
    few = f"use one of {', '.join(known)}" if 1 < len(known) <= _FEW else f"use {known[0]}"
    otherwise = few if len(known) <= _FEW else "use a role of WAI-ARIA, as the browser's accessibility view shows it"
    return f"cannot be {_toml(given)}", nearest(str(given), known, otherwise)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _pattern(details: ErrorDetails) -> tuple[str, str]:
    allowed = {
        r"^[a-z][a-z0-9_]*$": "use small letters, digits and _, a letter first",
        r"^[a-z][a-z0-9-]*$": "use small letters, digits and -, a letter first",
    }
    return (
        f"cannot be {_toml(details['input'])}",
        allowed.get(details["ctx"]["pattern"], "use a language tag such as en-GB"),
    )


def _value(details: ErrorDetails) -> tuple[str, str]:
    known = details["ctx"]["known"]
    return details["msg"], nearest(details["ctx"]["value"], known, f"known here are: {', '.join(known)}")


def _wrong(details: ErrorDetails) -> tuple[str, str]:
    return details["msg"], details["ctx"]["remedy"]


def _table(details: ErrorDetails) -> tuple[str, str]:
    if details["loc"][0] in ("controls", "notices", "screens") and isinstance(details["input"], str):
        return "has to be a table", f'write {{ text = "{details["input"]}" }}, or point at it in another way'
    return "has to be a table", "write { key = value, … }"


def _always(what: str, remedy: str) -> Callable[[ErrorDetails], tuple[str, str]]:
    return lambda _: (what, remedy)


def _limit(words: str, name: str) -> Callable[[ErrorDetails], tuple[str, str]]:
    return lambda details: (f"has to be {words} {details['ctx'][name]:g}", f"it is {_toml(details['input'])}")


_TEXT = _always("has to be text", 'write it in quotation marks: "…"')
_NUMBER = _always("has to be a number", "write it without quotation marks")
_WHOLE = _always("has to be a whole number", "write it without quotation marks and without a point")
_TRUTH = _always("has to be true or false", "write true or false, without quotation marks")
_LIST = _always("has to be a list", "write [ … ], even for a single entry")
_SENTENCES: dict[str, Callable[[ErrorDetails], tuple[str, str]]] = {
    "missing": _always("is missing", "add this entry"),
    "extra_forbidden": _superfluous,
    "literal_error": _choice,
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "model_type": _table,
    "dict_type": _table,
    "tuple_type": _LIST,
    "string_pattern_mismatch": _pattern,
    "too_short": _always("is an empty list", "add at least one entry"),
    "string_too_short": _always("is empty", "say something here"),
    "greater_than": _limit("more than", "gt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than": _limit("less than", "lt"),
    "less_than_equal": _limit("at most", "le"),
    UNKNOWN_VALUE: _value,
    WRONG: _wrong,
}


def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """The fields of a table by the keys that a person writes."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _keys_at(key: Key) -> list[str]:
    """The keys that are known in the table at `key`."""
    here: Any = Profile
    for part in key:
        here = _below(here, part)
    here = _plain(here)
    top = ["extends", "locales"] if here is Profile else []
    return [*keys_of(here), *top] if _is_table(here) else []


def _below(annotation: Any, part: int | str) -> Any:
    annotation = _plain(annotation)
    if _is_table(annotation):
        field = keys_of(annotation).get(str(part))
        return field.annotation if field else None
    arguments = get_args(annotation)
    return (arguments[1] if get_origin(annotation) is dict else arguments[0]) if arguments else None


def _plain(annotation: Any) -> Any:
    """An annotation without constraints, and without the None of what may be absent."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    tables = [argument for argument in get_args(annotation) if _is_table(argument)]
    return tables[0] if tables and get_origin(annotation) not in (dict, tuple) else annotation


def _is_table(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
