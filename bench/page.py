"""`docs/benchmarks.md` as sections, each of which a measurement of its own writes anew and leaves the others alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

SECTIONS = ("journey", "peers", "whole", "start", "scaling", "steadiness", "agreement", "profile", "run")
"""In the order of the page."""
_TITLES = {
    "journey": "One journey",
    "peers": "Beside other runners",
    "whole": "A whole run beside its bare script",
    "start": "Start-up",
    "scaling": "More scenarios, more lanes",
    "steadiness": "Very many scenarios",
    "agreement": "Whatever the number of workers and lanes",
    "profile": "Where the time goes",
    "run": "A full run",
}
_TOP = """# Benchmarks

What a run costs, beside scripts and runners that drive the same browser through the same actions.
`make bench` measures all of it and writes this page, section by section.
`make bench ARGS=peers`, or `python -m bench peers`, measures one section and leaves the others as they are; the
sections are {sections}.
Each section says when and on which machine its figures were taken.
It is written as soon as something of it is known: a section that cannot be measured takes no other along, Ctrl-C keeps
what was measured until then, and how far it has come is told meanwhile.
It needs Linux, and fails on no figure: on a shared machine only the ratios mean something.
`agreement` compares outcomes, so it may be measured beside other work; all others want a machine to themselves.
`python -m bench.installing` installs the peers beforehand, so that `peers` needs no network.

- The work is the first scenario of [journey.feature](../features/journey.feature): from the sign-in to the backup
  code, then a second sign-in from a fresh browser.
- The yardstick, `python -m bench.bare`, is plain synchronous Playwright with the portal's labels written into it.
- Ours, `python -m bench.ours`, is the scenario as the feature has it, in the runner of `portal2fa run`, no pictures.
- Python keeps the bytecode of what it imports, as it does for users; nothing is compiled while anything is measured.
- All start a reference portal, a mail server and the same browser, with the same options.
- CPU is what the kernel accounts to the whole process tree: runner, Playwright's driver, the browser, and the portal.
"""


def read(text: str) -> dict[str, str]:
    """The sections of a page that `compose` made, by name; what is not yet measured is not among them."""
    parts = re.split(r"^<!-- section: (\w+) -->\n", text, flags=re.MULTILINE)
    found = dict(zip(parts[1::2], (part.strip() + "\n" for part in parts[2::2]), strict=True))
    return {name: part for name, part in found.items() if name in SECTIONS and part != _absent(name)}


def compose(sections: Mapping[str, str]) -> str:
    """The page with these sections in its own order, and the remark that the others are not yet measured."""
    parts = [f"<!-- section: {name} -->\n{sections.get(name) or _absent(name)}" for name in SECTIONS]
    return "\n".join([_TOP.format(sections=", ".join(f"`{name}`" for name in SECTIONS)), *parts])


def _absent(name: str) -> str:
    return f"{heading(name)}\nNot yet measured: `python -m bench {name}` does it.\n"


def heading(name: str) -> str:
    """The heading of a section."""
    return f"## {_TITLES[name]}\n"


def measured(facts: Mapping[str, str], date: str) -> str:
    """One sentence that says when and where, for the top of a section."""
    return f"Measured on {date}: {', '.join(f'{name} {value}' for name, value in facts.items())}.\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; a bar in a cell does not end it."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def verdict(found: float, limit: float) -> str:
    """Whether a goal is met that is a greatest figure."""
    return "within" if round(found, 2) <= limit else "**above**"
