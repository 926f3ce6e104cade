"""Reading a page as the doctor does: what stands there, and how things on it belong together."""

from __future__ import annotations

import contextlib

from playwright.sync_api import Error
from playwright.sync_api import Locator as Found

from fixtures.portal import Portal
from portal2fa.doctor_edits import Seen
from portal2fa.doctor_edits import elements as elements_of

_KIND = """e => {
    const said = e.getAttribute('aria-label') || e.innerText || (e.type === 'submit' ? e.value : e.name) || '';
    const way = e.getAttribute('href') || e.formAction || '';
    return [e.tagName.toLowerCase(), said.trim().slice(0, 60), way].filter(Boolean).join(' ');
}"""
_STRANGER = """(e, field) => !!(field && field.form && e.form !== field.form && !field.form.contains(e) &&
    field.form.querySelector('button, input[type=submit]'))"""
_SHOWN = 5
"""As many elements at most are told apart."""


def elements(portal: Portal) -> list[Seen]:
    """What stands on the page in sight; empty where it cannot be read."""
    try:
        return elements_of(portal.page.locator("body").aria_snapshot(timeout=2000))
    except Error:
        return []


def kinds(found: Found) -> list[str]:
    """The different things that elements are: tag, wording and where they lead; the same one twice counts once."""
    return list(dict.fromkeys(each.evaluate(_KIND) for each in first_few(found)))


def first_few(found: Found) -> list[Found]:
    """As many of the elements, each by itself, as are told apart."""
    return found.all()[:_SHOWN]


def same(portal: Portal, name: str, other: str) -> bool:
    """Whether two controls point at the same element."""
    first, second = portal.control(name), portal.control(other)
    if not first.count() or not second.count():
        return False
    handle = second.first.element_handle()
    return bool(first.first.evaluate("(e, other) => e === other", handle))


def is_password(portal: Portal, name: str) -> bool:
    """Whether a control is a field for passwords."""
    found = portal.control(name)
    return bool(found.count()) and found.first.get_attribute("type") == "password"


def strangers(portal: Portal, path: str) -> list[str]:
    """Controls that a path presses after it filled in a form, and that are no part of that form."""
    odd, field = [], None
    for action in portal.profile.paths.get(path, ()):
        if not action.control or not (found := portal.control(action.control)).count():
            continue
        if action.fill:
            field = found.first.element_handle()
        elif action.press and field is not None:
            with contextlib.suppress(Error):
                if found.first.evaluate(_STRANGER, field):
                    odd.append(action.control)
    return odd
