"""Hands that use nothing but the keyboard, on pages that are used in the ways that the keyboard has."""

from __future__ import annotations

import pytest

from fixtures.keyboard import Keyboard, OutOfReach
from steps.tasks import by_keyboard
from tests.steps.conftest import Visit

MENU = """<button id=button aria-haspopup=menu>Ana Example</button>
<ul role=menu id=menu hidden>
  <li role=menuitem tabindex=-1>Invoices</li><li role=menuitem tabindex=-1>Security</li>
</ul><p id=told></p>
<script>
  const items = [...menu.children], at = () => items.indexOf(document.activeElement);
  button.onclick = () => { menu.hidden = false; button.ariaHidden = 'true'; items[0].focus(); };
  menu.onkeydown = e => {
    if (e.key === 'ArrowDown') items[(at() + 1) % items.length].focus();
    if (e.key === 'Tab') menu.hidden = true;
    if (e.key === 'Escape') setTimeout(() => { menu.hidden = true; button.ariaHidden = null; button.focus(); }, 300);
    if (e.key === 'Enter') told.textContent = document.activeElement.textContent;
  };
</script>"""
LIST = """<div id=box role=combobox tabindex=0 aria-expanded=false>Choose</div>
<div role=listbox id=list hidden><div role=option id=one>Email</div><div role=option id=two>App</div></div>
<p id=told></p>
<script>
  const ids = ['one', 'two'], shown = () => box.getAttribute('aria-activedescendant');
  box.onkeydown = e => {
    if (e.key === 'Tab') { list.hidden = true; box.setAttribute('aria-expanded', 'false'); }
    if (e.key === 'ArrowDown') box.setAttribute('aria-activedescendant', ids[(ids.indexOf(shown()) + 1) % 2]);
    if (e.key === 'Enter' && list.hidden) { list.hidden = false; box.setAttribute('aria-expanded', 'true'); }
    else if (e.key === 'Enter') told.textContent = document.getElementById(shown()).textContent;
  };
</script>"""


@pytest.mark.parametrize(
    ("page", "opener", "item", "told"),
    [(MENU, "button", "[role=menuitem]:last-child", "Security"), (LIST, "[role=combobox]", "#two", "App")],
)
def test_in_a_menu_and_in_a_list_the_arrows_lead_on(visit: Visit, page: str, opener: str, item: str, told: str) -> None:
    actor, _ = visit({"/": page})
    actor.portal.go(actor.world.url)
    hands, at = Keyboard(), actor.portal.page
    hands.press(at, at.locator(opener), "what opens it")
    hands.press(at, at.locator(item), "what is in it")
    assert at.inner_text("#told") == told
    assert hands.rounds == []


def test_what_has_no_stop_of_the_tab_key_and_is_in_no_menu_is_out_of_reach(visit: Visit) -> None:
    actor, _ = visit({"/": "<button>Before</button><span onclick=''>Security</span><button>After</button>"})
    actor.portal.go(actor.world.url)
    with pytest.raises(OutOfReach):
        Keyboard().press(actor.portal.page, actor.portal.page.locator("span"), "the entry")


def test_a_menu_that_takes_its_time_to_close_by_escape_gives_the_focus_back(visit: Visit) -> None:
    actor, _ = visit(
        {"/": MENU},
        controls={
            "name": {"role": "button", "name": "Ana Example"},
            "security_settings": {"role": "menuitem", "name": "Security"},
        },
    )
    actor.portal.go(actor.world.url)
    by_keyboard.open_and_close_menu(actor)
    assert actor.notes["back_at_name"]
