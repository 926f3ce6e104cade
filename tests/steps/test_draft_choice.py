"""Which method is meant on a page that lets one choose, also where one of them is called in unheard-of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.tasks.drafting import setting_up
from tests.steps.conftest import Visit
from tests.steps.drafts import begin


@pytest.mark.parametrize(
    ("labels", "chosen"),
    [
        (["Zyx", "Email"], "Zyx"),
        (["Zyx", "Authenticator app", "Email"], "Authenticator app"),
        (["Zyx", "Email", "Recovery codes"], "Zyx"),
        (["Zyx", "Text message", "Email"], None),
        (["Zyx"], None),
    ],
)
def test_the_only_choice_beside_mailed_codes_is_the_app(
    visit: Visit, tmp_path: Path, labels: list[str], chosen: str | None
) -> None:
    drafting = begin(visit, tmp_path)
    radios = "".join(f"<label><input type=radio name=m value={n}>{label}</label>" for n, label in enumerate(labels))
    drafting.pages["/choice"] = f"<h1>Methods</h1><form>{radios}<button>Next</button></form>"
    page = drafting.walker.go("/choice")
    found = setting_up._option(drafting.walker, "time_based", page)
    assert (found.element.words if found is not None else None) == chosen


TICKED = "<label><input type=checkbox name=t>Read email anew on each request</label>"


@pytest.mark.parametrize(
    ("page", "chosen"),
    [
        (TICKED + "<div role=option tabindex=0>Email</div>", "Email"),
        ("<div role=option tabindex=0>Email</div>" + TICKED, "Email"),
        ("<form><label><input type=checkbox name=a>Email</label><button>Next</button></form>", "Email"),
        (
            "<label><input type=checkbox>Email</label><label><input type=radio>By e-mail message</label>",
            "By e-mail message",
        ),
    ],
    ids=["before the method", "behind it", "it is the method", "it is called more like the method"],
)
def test_what_is_ticked_is_a_method_only_where_nothing_else_is(
    visit: Visit, tmp_path: Path, page: str, chosen: str
) -> None:
    drafting = begin(visit, tmp_path)
    drafting.pages["/choice"] = f"<h1>Methods</h1>{page}"
    found = setting_up._option(drafting.walker, "email", drafting.walker.go("/choice"))
    assert found is not None
    assert found.element.words == chosen


LISTED = """<div role=combobox tabindex=0 aria-haspopup=listbox aria-expanded=false aria-labelledby=chosen
onclick="box.hidden = false"><span id=chosen>Email</span></div>
<div id=box role=listbox hidden><div role=option>Authenticator app</div><div role=option>Email</div></div>"""


def test_a_closed_list_of_methods_comes_before_what_is_ticked(visit: Visit, tmp_path: Path) -> None:
    drafting = begin(visit, tmp_path)
    drafting.pages |= {"/choice": f"<h1>Methods</h1>{LISTED}{TICKED}", "/off": "<h1>Two-factor</h1>"}
    settings, begun = drafting.walker.go("/off"), setting_up.Begun()
    setting_up._go_on(drafting.walker, "email", drafting.walker.go("/choice"), settings, begun)
    assert begun.enable == [{"see": "fresh_list"}, "methods_list"]
    assert begun.choose == []


BUSY = """<h1>Methods</h1><form onsubmit="event.preventDefault(); here.textContent = 'One moment'; setTimeout(() => {
here.innerHTML = '<label>Code from the mail <input name=code></label>' }, 1200)"><label><input type=radio name=m>Email
</label><button>Next</button></form><p id=here></p>"""


def test_a_set_up_that_is_busy_first_is_waited_for(visit: Visit, tmp_path: Path) -> None:
    drafting = begin(visit, tmp_path)
    walker = drafting.walker
    walker.patience = 5.0
    drafting.pages |= {"/choice": BUSY, "/off": "<h1>Two-factor</h1><a href=/choice>Enable</a>"}
    walker.pages["off"] = walker.go("/off")
    page = walker.go("/choice")
    option = setting_up._option(walker, "email", page)
    assert option is not None
    after = setting_up._choose(walker, "email", page, option, setting_up.Begun())
    assert after is not None
    assert [field.words for field in after.of_kind("field")] == ["Code from the mail"]
