"""Ids and class names are others whenever the portal is started."""

from __future__ import annotations

import re
import secrets

from reference_server.faults.deviation import Deviation
from reference_server.pages import STATIC
from reference_server.variations.tools import SCRIPT, own_file, restyle, rewritten

_SUFFIX = f"-{secrets.token_hex(3)}"
_ATTRIBUTE = re.compile(
    r'\b((?:id|for|class|data-copy|aria-describedby|aria-labelledby)=")([^"]*)(")|(href="[^"#]*#)([\w-]+)(")'
)
_SELECTORS = re.compile(r"[^{}]+(?=\{)")
_NAME = re.compile(r"([.#])([a-z][\w-]*)")


def _renamed(found: re.Match[str]) -> str:
    before, names, after = (part or "" for part in (found.group(1, 2, 3) if found.group(1) else found.group(4, 5, 6)))
    return before + " ".join(f"{name}{_SUFFIX}" for name in names.split()) + after


def _in_styles(css: str) -> str:
    """A stylesheet whose selectors use the new names; numbers and colours are no names."""
    return _SELECTORS.sub(lambda found: _NAME.sub(rf"\1\2{_SUFFIX}", found.group()), css)


VARIATION = Deviation()
VARIATION.around(rewritten(lambda page: _ATTRIBUTE.sub(_renamed, page), "text/html"))
restyle(VARIATION, _in_styles)
own_file(
    VARIATION,
    SCRIPT,
    (STATIC / SCRIPT).read_text(encoding="utf-8").replace('".field"', f'".field{_SUFFIX}"'),
    "text/javascript",
)
