"""What the browser cannot do for a draft is told with cause and hint, and the account put back all the same."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from playwright.sync_api import Error

from portal2fa.drafting.draft import Certainty
from portal2fa.drafting.order import Order
from portal2fa.errors import CannotTell, NotRestored
from steps.tasks.drafting import drafting as whole
from steps.tasks.drafting import finding, methods
from steps.tasks.drafting.walker import Walker
from tests.steps.conftest import Visit
from tests.steps.drafts import Drafting, begin

COVERED = """<h1>Welcome</h1><button>Ana Example</button><label>Code <input name=code disabled></label>
<div style="position:fixed;inset:0;background:#fffc"></div>"""
ORDER = Order("mini", "", "/", "ana@a.example", "PORTAL2FA_PASSWORD")


@pytest.fixture
def drafting(visit: Visit, tmp_path: Path) -> Drafting:
    """Ana before a page whose controls cannot be used."""
    started = begin(visit, tmp_path)
    started.walker.actor.portal.page.set_default_timeout(300)
    started.walker.patience = 0.3
    started.pages["/home"] = COVERED
    started.walker.put("places", "client_area", "/home")
    started.walker.put("controls", "name", {"role": "button", "name": "{name}"})
    started.walker.put("controls", "app_code", {"label": "Code"})
    started.walker.pages["client_area"] = started.walker.go("/home")
    return started


def test_what_cannot_be_pressed_is_told(drafting: Drafting) -> None:
    with pytest.raises(CannotTell, match=r"controls\.name in the draft cannot be pressed") as told:
        drafting.walker.use("name", drafting.walker.see())
    assert "Timeout 300ms" in told.value.cause
    assert "by hand" in told.value.hint


def test_what_cannot_be_written_to_is_told(drafting: Drafting) -> None:
    with pytest.raises(CannotTell, match=r"controls\.app_code in the draft cannot be written to") as told:
        drafting.walker.write("app_code", "123456")
    assert told.value.cause
    assert told.value.hint


def test_a_control_that_the_draft_does_not_have_is_told(drafting: Drafting) -> None:
    with pytest.raises(CannotTell, match=r"controls\.disable was not found before"):
        drafting.walker.use("disable", drafting.walker.see())


def test_a_name_that_cannot_be_pressed_is_no_menu(drafting: Drafting) -> None:
    _, entries = finding._open_menu(drafting.walker)
    assert entries is None
    assert drafting.walker.draft.value("paths", "open_menu") == []
    assert "the name cannot be pressed" in drafting.walker.draft.remarks[0]


def test_whatever_the_browser_cannot_do_the_account_is_put_back_first(
    drafting: Drafting, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def walk(*_: object) -> None:
        raise Error("Page.evaluate: Execution context was destroyed\nand more")

    monkeypatch.setattr(whole, "_put_back_earlier", lambda *_: None)
    monkeypatch.setattr(whole, "_walk", walk)
    monkeypatch.setattr(whole, "_put_back", lambda _, error: done.append(str(error).splitlines()[0]))
    with pytest.raises(CannotTell, match="The walk ended early") as told:
        whole._learn(drafting.walker, ORDER, {})
    assert told.value.cause == "Page.evaluate: Execution context was destroyed"
    assert done == [told.value.cause]


@pytest.mark.parametrize(("cause", "tries"), [(Error("Timeout"), 2), (None, 1)], ids=["no answer", "a refusal"])
def test_an_account_is_put_back_at_the_second_try_where_the_portal_was_only_slow(
    drafting: Drafting, monkeypatch: pytest.MonkeyPatch, cause: Error | None, tries: int
) -> None:
    walker, patience = drafting.walker, list[float]()

    def switch_off(walker: Walker) -> None:
        patience.append(walker.patience)
        if len(patience) == 1:
            raise CannotTell("It stays on.") from cause

    walker.actor.world.actors = {"Ana": walker.actor}
    monkeypatch.setattr(whole, "_switch_off_from_outside", switch_off)
    if tries > 1:
        whole._put_back(walker, None)
        assert patience[1] > patience[0]
        assert walker.actor.world.profile.timing.answer == patience[1]
    else:
        with pytest.raises(NotRestored):
            whole._put_back(walker, None)
    assert len(patience) == tries


def _learning(monkeypatch: pytest.MonkeyPatch, ends: dict[str, str]) -> list[str]:
    """Methods that are learnt, or end as told after leaving something in the draft; what is put back is listed."""
    put_back: list[str] = []

    def learn(walker: Walker, method: str) -> bool:
        walker.put("controls", method, {"text": method})
        if method in ends:
            raise CannotTell(ends[method], cause="nobody knows")
        return True

    monkeypatch.setattr(methods, "learn", learn)
    monkeypatch.setattr(whole, "_put_back", lambda _, error: put_back.append(error.what))
    return put_back


@pytest.mark.parametrize(
    ("ended", "capability", "left"),
    [("email", "email_codes", "time_based"), ("time_based", "time_based_tokens", "email")],
)
def test_a_method_that_cannot_be_walked_to_its_end_is_a_gap_and_the_other_is_drafted(
    drafting: Drafting, monkeypatch: pytest.MonkeyPatch, ended: str, capability: str, left: str
) -> None:
    put_back = _learning(monkeypatch, {ended: "No mail came."})
    assert whole._learn_methods(drafting.walker, ["time_based", "email"]) == [left]
    assert put_back == ["No mail came."]
    draft = drafting.walker.draft
    assert draft.entries[f"capabilities.{capability}"].certainty is Certainty.GAP
    assert "No mail came." in " ".join(draft.entries[f"capabilities.{capability}"].why)
    assert draft.value("controls", ended) is None
    assert draft.value("controls", left) == {"text": left}
    assert "nobody knows" in draft.remarks[-1]


def test_without_any_method_the_draft_ends_with_what_ended_the_first(
    drafting: Drafting, monkeypatch: pytest.MonkeyPatch
) -> None:
    _learning(monkeypatch, {"time_based": "No QR code came.", "email": "No mail came."})
    with pytest.raises(CannotTell, match="No QR code came"):
        whole._learn_methods(drafting.walker, ["time_based", "email"])
    monkeypatch.setattr(methods, "learn", lambda *_: False)
    with pytest.raises(CannotTell, match="No second factor could be set up"):
        whole._learn_methods(drafting.walker, ["time_based", "email"])


def test_a_page_that_scripts_draw_is_seen_once_there_is_something_to_use(drafting: Drafting) -> None:
    drafting.walker.patience = 5.0
    drafting.pages["/drawn"] = """<p>Loading</p><script>
    setTimeout(() => { document.body.innerHTML = '<button>Sign in</button>'; }, 1000);</script>"""
    assert [e.words for e in drafting.walker.go("/drawn").of_kind("button")] == ["Sign in"]


def test_a_page_is_seen_once_what_its_scripts_asked_for_has_come(drafting: Drafting) -> None:
    may_answer = threading.Event()

    def go(_: dict[str, str]) -> str:
        may_answer.set()
        return "gone"

    drafting.pages |= {
        "/asking": """<button onclick="said.textContent = 'One moment'; setTimeout(() => fetch('/go'), 600);
            fetch('/late').then(() => { said.textContent = 'Here it is'; })">Ask</button><p id=said></p>""",
        "/late": lambda _: str(may_answer.wait(20)),
        "/go": go,
    }
    drafting.walker.patience = 10.0
    page = drafting.walker.go("/asking")
    assert "Here it is" in drafting.walker.press(page.of_kind("button")[0], page).texts()


def test_an_entry_that_cannot_be_pressed_leads_nowhere_and_the_next_one_is_followed(drafting: Drafting) -> None:
    entry = "<button style='pointer-events:none'>Two-factor authentication</button>"
    settings = "<h1>Two-factor authentication</h1><button>Enable</button>"
    drafting.pages |= {"/home": f"{entry}<a href=/security>Security</a>", "/security": settings}
    walker = drafting.walker
    walker.draft.drop("controls", "name")
    walker.pages["client_area"] = walker.go("/home")
    finding.find_settings(walker)
    assert walker.draft.value("places", "two_factor") == "/security"
    assert walker.draft.value("controls", "security_settings") == {"role": "link", "name": "Security"}


def test_what_a_script_draws_anew_after_the_look_is_still_pointed_at(drafting: Drafting) -> None:
    drafting.pages["/home"] = "<h1>Welcome</h1><p id=here><button>Enroll</button></p>"
    seen = drafting.walker.go("/home")
    drafting.walker.page.evaluate("here.innerHTML = here.innerHTML")
    button = next(element for element in seen.elements if element.words == "Enroll")
    assert drafting.walker.point(button) == {"role": "button", "name": "Enroll"}
    drafting.walker.page.evaluate("here.innerHTML = ''")
    assert drafting.walker.point(button) is None


SHELF = """<h1>Welcome</h1><p id=here><button onclick="document.title = 'enrolled'">Enroll</button></p>"""


@pytest.mark.parametrize(
    "happens",
    [
        "here.insertAdjacentHTML('beforebegin', '<button>Delete all</button>')",
        "here.innerHTML = '<button>Delete all</button>' + here.innerHTML",
        "document.body.innerHTML = '<button>Delete all</button>' + document.body.innerHTML",
    ],
    ids=["one more comes before it", "it is drawn anew", "all is drawn anew"],
)
def test_what_was_seen_before_is_what_is_used_however_the_page_was_looked_at_since(
    drafting: Drafting, happens: str
) -> None:
    drafting.pages["/home"] = SHELF
    walker = drafting.walker
    seen = walker.go("/home")
    button = next(element for element in seen.elements if element.words == "Enroll")
    walker.page.evaluate(happens)
    walker.see()
    assert walker.control("enable", button) == "enable"
    assert walker.draft.value("controls", "enable") == {"role": "button", "name": "Enroll"}
    walker.press(button, seen)
    assert walker.page.title() == "enrolled"


def test_nothing_of_another_page_is_used_for_what_was_seen_before(drafting: Drafting) -> None:
    drafting.pages |= {"/home": SHELF, "/other": "<h1>Other</h1><p><button>Enroll</button></p>"}
    seen = drafting.walker.go("/home")
    button = next(element for element in seen.elements if element.words == "Enroll")
    drafting.walker.go("/other")
    with pytest.raises(CannotTell, match='"Enroll" went away before it could be pressed'):
        drafting.walker.press(button, seen)
