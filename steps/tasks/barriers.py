"""Barriers that a program can find on a page: axe-core, asked for success criteria of WCAG 2.2, levels A and AA.

What a program cannot find is looked for by the tasks beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
"""The tags by which axe-core tells the rules of levels A and AA from its own advice."""

SUBJECTS = {
    "contrast": ("1.4.3",),
    "enlarging": ("1.4.4",),
    "names and roles": ("4.1.2",),
    "spoken names": ("2.5.3",),
    "language": ("3.1.1", "3.1.2"),
    "target size": ("2.5.8",),
}
"""What a checker may be asked for, and the success criteria that stand for it."""

_ASK = """async ([script, levels, criteria]) => {
    if (!window.axe) (0, eval)(script);
    const tags = criteria.map(one => 'wcag' + one.replaceAll('.', ''));
    const asked = axe.getRules(levels).filter(rule => rule.tags.some(tag => tags.includes(tag)))
        .filter(rule => !rule.tags.includes('experimental') || rule.ruleId === 'label-content-name-mismatch');
    const told = await axe.run({
        runOnly: { type: 'rule', values: asked.map(rule => rule.ruleId) }, resultTypes: ['violations'],
    });
    return told.violations.map(one => ({ rule: one.id, help: one.help, where: one.nodes.map(node => node.html) }));
}"""

_SHOWN = 80
"""How many characters of the markup of a finding are told."""


@dataclass
class Found:
    """What a checker found on a walk."""

    told: list[str] = field(default_factory=list)
    """Each finding once, as a phrase: the place, what is asked for there, and where it is not so."""
    _known: set[tuple[str, str]] = field(default_factory=set)

    def look(self, place: str, page: Page, subject: str) -> None:
        """Look at a page for one of `SUBJECTS`; what was found before is not told again."""
        for one in page.evaluate(_ASK, [AXE_SCRIPT, list(_LEVELS), list(SUBJECTS[subject])]):
            self._tell(place, one)

    def _tell(self, place: str, one: dict[str, Any]) -> None:
        fresh = [where for where in one["where"] if (one["rule"], where) not in self._known]
        self._known.update((one["rule"], where) for where in one["where"])
        if fresh:
            more = f" and {len(fresh) - 1} more" if len(fresh) > 1 else ""
            shown = " ".join(fresh[0].split())[:_SHOWN]
            self.told.append(f"at {place}: {one['help']} ({one['rule']}), at {shown}{more}")
