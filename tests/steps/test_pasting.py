"""Pasting, also by two people in one browser at the same time: all its windows share one clipboard."""

from __future__ import annotations

from fixtures.actor import Actor
from portal2fa.lanes import Job, Lanes
from steps.tasks import pasting
from tests.steps.conftest import Visit

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
