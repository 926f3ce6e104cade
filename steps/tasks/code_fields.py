"""Where a code goes: what can be put there, what it tells about itself, and how it is labelled."""

from __future__ import annotations

from playwright.sync_api import Locator as Found

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import codes, pasting

_LABELLED = """e => {
    const inSight = one => one && one.checkVisibility({ visibilityProperty: true }) && one.innerText.trim() !== '';
    const named = (e.getAttribute('aria-labelledby') || '').split(/\\s+/).map(id => document.getElementById(id));
    const group = e.closest('fieldset')?.querySelector('legend');
    return [...(e.labels || []), ...named, group].some(inSight);
}"""
_FORBIDDEN = ("off", "false", "nope", "none")
"""Values of `autocomplete` by which browsers and phones are kept from filling a field in."""


def place(actor: Actor) -> str:
    """The control into which a code is typed now, as the path has it by which codes are given."""
    path = f"{'confirm' if actor.setting_up else 'sign_in'}_{actor.method}"
    for action in actor.portal.profile.paths.get(path, ()):
        if action.fill and "{code}" in action.value:
            return action.fill
    raise CannotTell(
        "The profile does not say where a code is typed.",
        cause=f"paths.{path} fills nothing with {{code}}",
        hint='add { fill = …, with = "{code}" } to the path',
    )


def paste_code(actor: Actor) -> None:
    """Paste a code of the app where one is asked for; what is in there afterwards is noted."""
    control, code = place(actor), codes.fresh_code(actor)
    actor.notes["pasted"] = code
    actor.notes["in_place"] = pasting.paste(actor, control, code)


def filling_forbidden(actor: Actor) -> str:
    """The word by which the field for a code keeps phones and browsers from filling it in; empty where it does not."""
    told = _attribute(_field(actor), "autocomplete")
    return told if told in _FORBIDDEN else ""


def note_what_phones_need(actor: Actor) -> None:
    """Tell with the run where a phone is not told that the field is for a code for one use, in digits."""
    found = _field(actor)
    wanting = [] if "one-time-code" in _attribute(found, "autocomplete").split() else ['autocomplete="one-time-code"']
    digits = _attribute(found, "inputmode") == "numeric" or _attribute(found, "type") in ("number", "tel")
    wanting += [] if digits else ['inputmode="numeric"']
    if wanting:
        control = place(actor)
        actor.world.recorder.remark(
            f"controls.{control} lacks {' and '.join(wanting)}, by which phones help with a code"
        )


def is_labelled(actor: Actor) -> bool:
    """Whether words in sight name the field for a code, and not only an example inside of it."""
    return bool(_field(actor).evaluate(_LABELLED))


def _field(actor: Actor) -> Found:
    found = actor.portal.wait_for_control(place(actor))
    actor.portal.page.wait_for_load_state()  # scripts may say more of it than the markup does
    return found


def _attribute(found: Found, name: str) -> str:
    return (found.get_attribute(name) or "").strip().lower()
