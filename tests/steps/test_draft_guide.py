"""A person who is asked where a draft is stuck: their click is taken, not pressed, and becomes an entry like others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from steps.tasks.drafting import confirming, entering, finding
from steps.tasks.drafting.looker import Stopped
from steps.tasks.drafting.walker import Walker
from tests.steps.conftest import Visit
from tests.steps.drafts import Drafting, begin

ODD = """<h1>One more step</h1><form method=post action=/given><label>Zyx <input name=x type=search></label>
<button>Qwrt <i>!</i></button></form><button onclick="document.title='pressed'">Other</button>"""


@pytest.fixture
def drafting(visit: Visit, tmp_path: Path) -> Drafting:
    """Ana before a page whose words nobody could guess; the shop's words are told to her, and she answers."""
    started = begin(visit, tmp_path)
    started.pages |= {"/odd": ODD, "/given": "<h1>Thanks</h1>"}
    started.walker.guided = True
    return started


def answering(walker: Walker, *deeds: Callable[[], object]) -> list[str]:
    """Let the person do one deed for each question; what was asked is kept."""
    asked: list[str] = []
    left = list(deeds)

    def say(words: str) -> None:
        if words.startswith("Click "):
            asked.append(words)
            left.pop(0)()

    walker.say = say
    return asked


def test_a_click_is_taken_and_not_pressed(drafting: Drafting) -> None:
    walker = drafting.walker
    before = walker.go("/odd")
    sent = len(drafting.forms)
    page = walker.page
    other_one = page.get_by_role("button", name="Other")
    asked = answering(walker, lambda: page.get_by_text("!").click(), other_one.click)
    found, other = walker.shown("the button that gives the code"), walker.shown("the other one")
    assert asked[0] == "Click the button that gives the code, or press Skip (Esc)."
    assert found is not None
    assert walker.control("verify", found.element, why=found.reasons) == "verify"
    assert walker.draft.value("controls", "verify") == {"role": "button", "name": "Qwrt !"}
    assert walker.draft.entries["controls.verify"].why == ("a person pointed at it",)
    assert other is not None
    assert other.element.words == "Other"
    assert (len(drafting.forms), page.title()) == (sent, "Mini")
    assert walker.see().fingerprint == before.fingerprint  # the bar is gone


def test_escape_and_the_button_skip(drafting: Drafting) -> None:
    walker = drafting.walker
    walker.go("/odd")
    page = walker.page
    answering(walker, lambda: page.keyboard.press("Escape"), lambda: page.get_by_role("button", name="Skip").click())
    assert walker.shown("something") is None
    assert walker.shown("something") is None


def test_what_stands_in_a_frame_can_be_pointed_at(drafting: Drafting) -> None:
    walker = drafting.walker
    drafting.pages["/around"] = "<h1>Around</h1><iframe id=inner src=/odd width=600 height=400></iframe>"
    walker.go("/around")
    inside = walker.page.frame_locator("#inner")
    answering(walker, lambda: inside.get_by_role("button", name="Qwrt").click())
    found = walker.shown("the button")
    assert found is not None
    assert walker.point(found.element) == {"role": "button", "name": "Qwrt !", "frame": "iframe[id='inner']"}


def test_a_dialog_of_the_page_does_not_cover_the_question(drafting: Drafting) -> None:
    walker = drafting.walker
    drafting.pages["/modal"] = (
        f"{ODD}<dialog><button>Zzz</button></dialog><script>document.querySelector('dialog').showModal()</script>"
    )
    walker.go("/modal")
    skip = walker.page.get_by_role("button", name="Skip")
    answering(walker, lambda: walker.page.get_by_text("Zzz").click(), skip.click)
    found = walker.shown("the button")
    assert found is not None
    assert found.element.words == "Zzz"
    assert walker.shown("another one") is None


def test_what_was_pointed_at_is_known_again_and_not_asked_for_twice(drafting: Drafting) -> None:
    walker = drafting.walker
    walker.go("/odd")
    asked = answering(walker, walker.page.get_by_text("Qwrt").click)
    first = walker.shown("the button")
    walker.go("/odd")
    again = walker.shown("the button", ask=False)
    assert first is not None
    assert again is not None
    assert (again.element.words, len(asked)) == (first.element.words, 1)
    assert walker.shown("something else", ask=False) is None


def test_nobody_is_asked_without_a_guide_and_a_stop_ends_the_question(drafting: Drafting) -> None:
    walker = drafting.walker
    walker.go("/odd")
    asked = answering(walker, lambda: setattr(walker, "stopping", lambda: True))
    walker.guided = False
    assert walker.shown("something") is None
    assert asked == []
    walker.guided = True
    with pytest.raises(Stopped):
        walker.shown("something")


def test_the_place_for_a_code_is_asked_for_where_it_is_not_found(drafting: Drafting) -> None:
    walker = drafting.walker
    odd = ODD.replace("type=search", "type=password autocomplete=off")
    drafting.pages["/odd"] = odd.replace("<button>Qwrt <i>!</i></button>", "<div onclick='form.submit()'>Qwrt</div>")
    page = walker.go("/odd")
    field, button = walker.page.get_by_label("Zyx"), walker.page.get_by_text("Qwrt")
    asked = answering(walker, field.click, button.click)
    confirming.ask(walker, page, kind="time_based", button="verify")
    assert [words.partition(",")[0] for words in asked] == [
        "Click the field for the code",
        "Click the button that gives the code",
    ]
    assert walker.draft.value("controls", "app_code") == {"label": "Zyx"}
    assert walker.draft.value("controls", "verify") == {"text": "Qwrt"}


def test_the_way_to_the_settings_is_walked_as_it_is_pointed_out(drafting: Drafting) -> None:
    walker = drafting.walker
    drafting.pages |= {
        "/in": "<h1>Welcome</h1><details><summary>Ana Example</summary><a href=/a>Abc</a></details>",
        "/a": "<h1>Abc</h1><a href=/b>Bcd</a>",
        "/b": "<h1>Bcd</h1><button>Cde</button>",
    }
    walker.pages["answer"] = walker.go("/in")
    entering.learn_name(walker, walker.pages["answer"])
    page = walker.page
    clicks = [page.get_by_text(text).last.click for text in ("Ana Example", "Abc", "Bcd")]
    answering(walker, *clicks, lambda: page.keyboard.press("Escape"))
    finding.find_settings(walker)
    assert walker.draft.value("paths", "open_menu") == ["name"]
    assert walker.draft.value("paths", "security_settings") == ["security_settings"]
    assert walker.draft.value("paths", "two_factor") == ["bcd"]
    assert walker.draft.value("places", "two_factor") == "/b"
