"""Backup codes that are one more thing to choose beside the methods, such as a list of codes to print."""

from __future__ import annotations

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Candidate
from steps.tasks.drafting import closed_lists
from steps.tasks.drafting.walker import Action, Walker

_TICKED = ("checkbox", "switch")
"""Roles of what is ticked, such as that one has kept the codes."""


def choose(walker: Walker, page: Snapshot) -> tuple[list[Action], Snapshot] | None:
    """Choose them where the page lets one choose, and go on: the deeds, and the page after; None where it does not."""
    deeds: list[Action] = []
    closed = closed_lists.find(walker, page)
    if closed is not None:
        opened = closed_lists.open_(walker, closed, page)
        if opened is None:
            return None
        deeds.append(opened[0])
        page = opened[1]
    option = _option(walker, page)
    if option is None:
        if closed is not None:
            walker.page.keyboard.press("Escape")
        return None
    page = _mark(walker, page, option, deeds)
    button = _going_on(walker, page, option)
    if button is None:
        return None
    deeds.append(walker.control("get_started", button.element, why=button.reasons))
    return deeds, walker.press(button.element, page)


def _option(walker: Walker, page: Snapshot) -> Element | None:
    choices = (e for e in page.of_kind("choice") if e.role not in _TICKED and not e.disabled)
    return next((e for e in choices if walker.words.says("backup_code", e.words)), None)


def _mark(walker: Walker, page: Snapshot, option: Element, deeds: list[Action]) -> Snapshot:
    """Mark the codes, and remember what stands for them."""
    name = walker.control(walker.name_for(option, "codes"), option, why=(f'it speaks of codes: "{option.words}"',))
    walker.codes_choice = name
    if option.role == "option":
        deeds.append(name)
        return walker.see_until(walker.press(option, page), lambda now: not closed_lists.options(now))
    walker.mark(option)
    deeds.append({"choose": name})
    return walker.see()


def _going_on(walker: Walker, page: Snapshot, option: Element) -> Candidate | None:
    near = [e for e in page.elements if e.form == option.form >= 0]
    return walker.best(goals.CONTINUE, page, near) or walker.best(goals.CONTINUE, page)
