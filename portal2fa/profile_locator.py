"""How a profile points at things on a page and says what a person does with them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from portal2fa.profile_css import closed
from portal2fa.profile_entry import Entry, place, wrong
from portal2fa.profile_values import in_deeds, in_locators

_WAYS = {
    "role": "the",
    "label": "the field labelled",
    "text": "the text",
    "placeholder": "the field that suggests",
    "test_id": "test id",
    "css": "CSS",
}
_DEEDS = ("press", "fill", "choose", "untick", "select", "key", "see", "open", "close")

# The roles of WAI-ARIA 1.2 that something in sight can have, as browsers compute them.
Role = Literal[
    "alert", "alertdialog", "article", "banner", "blockquote", "button", "caption", "cell", "checkbox", "code",
    "columnheader", "combobox", "complementary", "contentinfo", "definition", "deletion", "dialog", "document",
    "emphasis", "feed", "figure", "form", "generic", "grid", "gridcell", "group", "heading", "img", "insertion",
    "link", "list", "listbox", "listitem", "log", "main", "marquee", "math", "menu", "menubar", "menuitem",
    "menuitemcheckbox", "menuitemradio", "meter", "navigation", "none", "note", "option", "paragraph",
    "presentation", "progressbar", "radio", "radiogroup", "region", "row", "rowgroup", "rowheader", "scrollbar",
    "search", "searchbox", "separator", "slider", "spinbutton", "status", "strong", "subscript", "superscript",
    "switch", "tab", "table", "tablist", "tabpanel", "term", "textbox", "time", "timer", "toolbar", "tooltip",
    "tree", "treegrid", "treeitem",
]  # fmt: skip


def _not_one(ways: Collection[str], found: Collection[str]) -> PydanticCustomError:
    listed = ", ".join(ways)
    if not found:
        return wrong("says nothing of what is meant", f"say exactly one of {listed}")
    return wrong(f"says {' and '.join(found)} at once", f"say exactly one of {listed}", at=list(found)[1])


class Locator(Entry):
    """How a person would point at one thing on a page; exactly one of role, label, text, placeholder, test_id, css."""

    role: Role | None = None
    """The ARIA role: `button`, `link`, `radio`, `heading`, `img`, `textbox` …."""
    name: str = ""
    """The accessible name that goes with `role`."""
    label: str = ""
    """The label of a form field."""
    text: str = ""
    """Visible text."""
    placeholder: str = ""
    """What an empty field suggests."""
    test_id: str = ""
    """The value of `data-testid`."""
    css: str = ""
    """A CSS selector, as the last resort."""
    exact: bool = True
    """Whole text and letter case count; `false` takes any text that contains it."""
    within: Locator | None = None
    """Another locator, in which to look."""
    frame: str = ""
    """CSS selector of the frame that holds it."""
    nth: int = Field(default=0, ge=0, le=100)
    """Which of several that fit, counted from 1; 0 where one is meant that stands alone."""
    aria_hidden: bool = False
    """Whether a role is looked for in parts as well that the page hides from assistive technology."""

    _values_are_known = field_validator("name", "label", "text", "placeholder", "css")(in_locators)
    _closes = field_validator("css", "frame")(closed)

    @model_validator(mode="after")
    def _one_way(self) -> Locator:
        ways = [way for way in _WAYS if getattr(self, way)]
        if len(ways) != 1:
            raise _not_one(_WAYS, ways)
        if self.name and not self.role:
            raise wrong("'name' goes with 'role'", "add the role, or remove the name", at="name")
        if self.aria_hidden and not self.role:
            raise wrong("'aria_hidden' goes with 'role'", "add the role, or remove it", at="aria_hidden")
        return self

    def describe(self) -> str:
        """The control in words: `the button "Get Started"`."""
        if self.role:
            return f'the {self.role} "{self.name}"' if self.name else f"the {self.role}"
        return next(f'{words} "{value}"' for way, words in _WAYS.items() if (value := getattr(self, way)))


class Action(Entry):
    """One thing a person does on the way.

    Exactly one of the deeds press, fill, choose, untick, select, key, see, open and close.
    """

    press: str = ""
    """The control to press."""
    fill: str = ""
    """The field to fill, together with `with`."""
    choose: str = ""
    """The radio button or check box to mark."""
    untick: str = ""
    """The check box to clear."""
    select: str = ""
    """The drop-down list in which to choose, together with `option`."""
    key: str = ""
    """The key to press, such as `Enter`; with `at` in a control, otherwise on the page."""
    see: str = ""
    """The control to wait for."""
    open: str = ""
    """The address to open, below the portal's own."""
    close: Literal["", "page"] = ""
    """`page` closes the page that `page = "new"` went to, and goes back."""
    value: str = Field(default="", alias="with")
    """What to fill in; `{name}`, `{username}`, `{email}`, `{password}`, `{code}`, `{backup_code}`,
    `{new_password}` and `{new_email}` may stand in it.
    """
    option: str = ""
    """The label of the entry that `select` chooses."""
    at: str = ""
    """The control in which `key` is pressed."""
    each: bool = False
    """With `fill`: one character in each of the fields that the control points at."""
    dialog: Literal["", "accept", "dismiss"] = ""
    """With `press`: how a box of the browser is answered, `accept` or `dismiss`."""
    page: Literal["", "new"] = ""
    """With `press`: `new` if what follows happens in the page that opens."""
    download: bool = False
    """With `press`: backup codes are looked for in the file that is downloaded."""
    optional: bool = False
    """Done only if the control is there when it or the next certain one has come."""

    _is_place = field_validator("open")(place)
    _values_are_known = field_validator("value", "option", "open")(in_deeds)

    @model_validator(mode="after")
    def _one_deed(self) -> Action:
        deeds = [deed for deed in _DEEDS if getattr(self, deed)]
        if len(deeds) != 1:
            raise _not_one(_DEEDS, deeds)
        if bool(self.fill) != bool(self.value):
            raise wrong("'fill' and 'with' go together", "add the other one")
        if bool(self.select) != bool(self.option):
            raise wrong("'select' and 'option' go together", "add the other one")
        return self._only_where_it_means_something()

    def _only_where_it_means_something(self) -> Action:
        goes_with = {
            "each": ("fill", self.each),
            "dialog": ("press", bool(self.dialog)),
            "page": ("press", bool(self.page)),
            "download": ("press", self.download),
            "at": ("key", bool(self.at)),
        }
        for addition, (deed, given) in goes_with.items():
            if given and not getattr(self, deed):
                raise wrong(f"'{addition}' goes with '{deed}'", f"remove it, or say '{deed}'", at=addition)
        if self.optional and not self.control:
            remedy = "use it with press, fill, choose, untick or select"
            raise wrong("'optional' needs a control to look for", remedy, at="optional")
        return self

    @property
    def control(self) -> str:
        """The control that the action is about; the empty string for `open`, `close` and a `key` without `at`."""
        return self.press or self.fill or self.choose or self.untick or self.select or self.see or self.at

    @property
    def deed(self) -> str:
        """Which of the deeds it is."""
        return next(deed for deed in _DEEDS if getattr(self, deed))
