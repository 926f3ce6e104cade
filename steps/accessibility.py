"""Whether the way can be walked by people who see, hear or move otherwise than most."""

from __future__ import annotations

from typing import Any

from behave import then, when

from portal2fa.expectation import expect
from steps.tasks import announcing, barriers, by_keyboard, code_fields, screens, touring
from steps.words import person


@when('{who:Person} walks the whole way with a checker for "{subject:Label}"')
def walks_with_checker(context: Any, who: str, subject: str) -> None:
    """Every documented place and state, each looked at by a program."""
    actor = person(context, who)
    actor.notes["barriers"] = found = barriers.Found()
    touring.whole_way(actor, lambda place: found.look(place, actor.portal.page, subject))


@then("it finds nothing on the way")
def found_nothing(context: Any) -> None:
    """No rule of the program is broken at any place."""
    found = person(context, "she").notes["barriers"]
    expect(not found.told, expected="no barrier", seen="; ".join(found.told))


@when("{who:Person} walks the whole way on a narrow screen")
def walks_narrow(context: Any, who: str) -> None:
    """Every documented place and state, each made narrow for a moment."""
    actor = person(context, who)
    wide: dict[str, int] = {}
    actor.notes["too_wide"] = wide
    touring.whole_way(actor, lambda place: wide.setdefault(place, screens.too_wide(actor)))


@then("nowhere on the way she has to scroll sideways")
def fits(context: Any) -> None:
    """No page is wider than the screen."""
    wide = {place: beyond for place, beyond in person(context, "she").notes["too_wide"].items() if beyond}
    seen = "; ".join(f"{beyond} pixels beyond it at {place}" for place, beyond in wide.items())
    expect(not wide, expected="all within the screen", seen=seen)


@then("the picture with the QR code is named in words")
def qr_named(context: Any) -> None:
    """By any of the ways in which a picture can have a name."""
    name = screens.name_of_the_qr_code(person(context, "she"))
    expect(name.strip(), expected="a name of the picture with the QR code", seen="none")


@when("{who:Person} pastes the code shown by the app")
def pastes_app_code(context: Any, who: str) -> None:
    """With the browser's own clipboard, wherever a code is asked for now."""
    code_fields.paste_code(person(context, who))


@then("a tool may fill the code in for her")
def may_be_filled(context: Any) -> None:
    """The field does not forbid it; that it does not help either is told with the run."""
    actor = person(context, "she")
    code_fields.note_what_phones_need(actor)
    word = code_fields.filling_forbidden(actor)
    expect(not word, expected="a field that tools may fill in", seen=f'autocomplete="{word}"')


@then("words in sight name the place for the code")
def labelled(context: Any) -> None:
    """A label, or what the field says it is labelled by."""
    named = code_fields.is_labelled(person(context, "she"))
    expect(named, expected="a label in sight", seen="none, or only an example inside of the field")


@then("the refusal is told to those who do not see it")
def refusal_told(context: Any) -> None:
    """By a live region, the focus, or the title."""
    told = announcing.refusal(person(context, "she"))
    expect(told, expected="the refusal in a live region, at the focus or in the title", seen="it in none of them")


@then("that it is off is told to those who do not see it")
def off_told(context: Any) -> None:
    """By a live region, the focus, or the title."""
    told = announcing.turned_off(person(context, "she"))
    expect(told, expected="the message in a live region, at the focus or in the title", seen="it in none of them")


@when("{who:Person} turns on time-based tokens by the keyboard alone")
def by_keyboard_alone(context: Any, who: str) -> None:
    """By Tab, arrows, Enter and Space."""
    by_keyboard.turn_on(person(context, who))


@when("{who:Person} turns on time-based tokens by the keyboard alone, watching where she is")
def by_keyboard_watching(context: Any, who: str) -> None:
    """As above, with a look at each control with and without the focus."""
    by_keyboard.turn_on(person(context, who), looks=True)


@then("the keyboard has led everywhere")
def led_everywhere(context: Any) -> None:
    """Nothing on the way was out of its reach."""
    stuck = person(context, "she").notes.get("stuck", "")
    expect(not stuck, expected="the keyboard to lead to everything on the way", seen=stuck)


@then("she never had to start over from the top")
def in_order(context: Any) -> None:
    """What comes next was met before the end of the page."""
    rounds = by_keyboard.hands(person(context, "she")).rounds
    expect(not rounds, expected="what comes next to be met next", seen=f"{', '.join(rounds)} only from the top again")


@then("she always saw where she was")
def saw_focus(context: Any) -> None:
    """Each control changed in sight when it had the focus."""
    unmarked = by_keyboard.hands(person(context, "she")).unmarked
    expect(not unmarked, expected="each control to show the focus", seen=f"no change at {', '.join(unmarked)}")


@when("{who:Person} opens the menu behind her name by the keyboard and closes it")
def menu_by_keyboard(context: Any, who: str) -> None:
    """By Escape, or as it was opened."""
    by_keyboard.open_and_close_menu(person(context, who))


@then("she is back at her name")
def back_at_name(context: Any) -> None:
    """The focus is at the control that opened the menu."""
    expect(person(context, "she").notes["back_at_name"], expected="the focus at the name", seen="it elsewhere")
