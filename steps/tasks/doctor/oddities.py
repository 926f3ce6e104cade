"""What looks odd about the entries of a path that led nowhere, and so is likely wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portal2fa import doctor_edits
from portal2fa.doctor_edits import Seen
from steps.tasks import doubts
from steps.tasks.doctor import pages

if TYPE_CHECKING:
    from steps.tasks.doctor.examiner import Examiner

_NEAR = 0.8
"""From this likeness on, an element of the page is what a control was meant to be."""


def strange(examiner: Examiner, path: str) -> set[str]:
    """Entries of a path that look odd.

    What is pressed is no part of the form that was filled in; or it bears another wording than the documented one,
    under which something else was in sight.
    """
    profile, actor = examiner.world.profile, examiner.actor
    actions = [action for action in profile.paths.get(path, ()) if not action.optional]
    if not actions:
        return {f"paths.{path}"}
    strangers = pages.strangers(actor.portal, path)
    if any(doubts.named_as_documented(actor, name) for name in strangers):
        return {f"paths.{path}"}  # the control is right, so the path is not
    odd = set(strangers)
    if len(actions) == 1 and actions[0].press == path and not doubts.named_as_documented(actor, path):
        odd.add(path)
    odd |= {action.control for action in actions if action.control and _has_rival(examiner, action.control)}
    return {f"controls.{name}" for name in odd}


def has_near(examiner: Examiner, entry: str, page: Sequence[Seen]) -> bool:
    """Whether the page has something that a control, which is not there, may well mean."""
    locators = examiner.world.profile.controls[entry.removeprefix("controls.")]
    return any(score >= _NEAR for score, _ in doctor_edits.nearest(locators, page))


def _has_rival(examiner: Examiner, control: str) -> bool:
    label = examiner.world.labels.get(control)
    if label is None or doubts.named_as_documented(examiner.actor, control, label):
        return False
    return any(not label.differs_from(seen.name) and seen.role != "text" for seen in examiner.before)
