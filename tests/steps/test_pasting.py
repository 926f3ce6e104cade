"""Pasting, also by two people in one browser at the same time: all its windows share one clipboard."""

from __future__ import annotations

import pytest

from fixtures.actor import Actor
from portal2fa.lanes import Job, Lanes
from steps.tasks import pasting
from tests.steps.conftest import Visit, held_up

FIELD = "<label>Code <input></label>"
CONTROLS = {"authorization_code": {"label": "Code"}}


def test_everybody_pastes_what_they_copied(visit: Visit) -> None:
    lanes = Lanes()
    texts = ["111111", "222222", "333333", "444444"]
    actors = [visit({"/": FIELD}, controls=CONTROLS)[0] for _ in texts]
    lanes.interleave_by(actors[0].world.browser.wait)
    pasted: dict[str, str] = {}

    def scenario(actor: Actor, text: str) -> Job:
        def run() -> None:
            actor.world.alone = lanes.alone  # type: ignore[method-assign]
            actor.portal.go(actor.world.url)
            pasted[text] = pasting.paste(actor, "authorization_code", text)

        return Job(run)

    lanes.run([scenario(*pair) for pair in zip(actors, texts, strict=True)], len(texts), len(texts))
    assert pasted == {text: text for text in texts}


SPREADING = """<input aria-label="Digit 1" maxlength=1><input aria-label="Digit 2" maxlength=1><script>
const fields = [...document.querySelectorAll("input")];
fields[0].addEventListener("paste", (event) => {
  event.preventDefault();
  const signs = [...event.clipboardData.getData("text")].slice(0, KEPT);
  for (const [place, sign] of signs.entries()) fields[place].value = sign;
});
</script>"""
DIGITS = {"authorization_code": {"role": "textbox", "name": "Digit", "exact": False}}


@pytest.mark.parametrize(("kept", "read"), [("2", "12"), ("1", "1")])
def test_what_a_page_spreads_over_its_fields_is_read_from_all_of_them(visit: Visit, kept: str, read: str) -> None:
    actor, _ = visit({"/": SPREADING.replace("KEPT", kept)}, controls=DIGITS)
    actor.world.alone = Lanes().alone  # type: ignore[method-assign]
    actor.portal.go(actor.world.url)
    assert pasting.paste(actor, "authorization_code", "12") == read


def test_a_page_is_pasted_into_only_when_its_scripts_are_there(visit: Visit) -> None:
    refusing = (
        f"{FIELD}<img src=/late><script>setTimeout(() => fetch('/now'), 300);"
        "addEventListener('load', () => addEventListener('paste', event => event.preventDefault()))</script>"
    )
    actor, _ = visit({"/": "<a href=/sign-in>Sign in</a>", "/sign-in": refusing, **held_up()}, controls=CONTROLS)
    actor.world.alone = Lanes().alone  # type: ignore[method-assign]
    actor.portal.go(actor.world.url)
    actor.portal.page.click("a")
    assert pasting.paste(actor, "authorization_code", "123456") == ""
