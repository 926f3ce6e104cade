"""What a page shows at one moment: its elements as a person and assistive technology meet them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_TICKING = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
"""The time of day, or what is left of a session: it changes without anybody's deed."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the page in CSS pixels from its top left corner."""

    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Element:
    """One visible element; texts have single spaces."""

    index: int
    """Its place in page order."""
    tag: str
    role: str = ""
    """ARIA role, given or implied."""
    name: str = ""
    """Accessible name."""
    kind: str = "text"
    """`field`, `button`, `link`, `choice` (radio button, check box, option), `heading`, `image` or `text`."""
    type: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    element_id: str = ""
    test_id: str = ""
    label: str = ""
    placeholder: str = ""
    most: int = 0
    """So many characters a field takes; 0 where it does not say."""
    text: str = ""
    """All visible text in it."""
    href: str = ""
    value: str = ""
    """What stands in a field that cannot be written to."""
    landmark: str = ""
    """`header`, `nav`, `main`, `footer` or `dialog`: the innermost one around it."""
    form: int = -1
    """Number of the form around it."""
    frame: str = ""
    """CSS selector of the frame that holds it."""
    css: str = ""
    box: Box = Box()
    submits: bool = False
    live: bool = False
    """Whether assistive technology reads it out when it comes (`alert`, `status`, `aria-live`)."""
    required: bool = False
    """Whether it is a field that the browser does not let be empty when its form is sent."""
    checks: bool = False
    """Whether it sends a form only if the browser finds its fields filled in."""
    concealed: bool = False
    """Whether the page hides it from assistive technology, though it is in sight."""
    disabled: bool = False
    checked: bool = False
    opens: bool = False
    """Whether it says that it opens something: a summary, `aria-haspopup`, `aria-expanded`."""
    options: tuple[str, ...] = ()
    around: str = ""
    """Text of the row, list item or card around it, for telling equal controls apart."""
    beside: str = ""
    """Text of the nearest element around it that says more than it does; empty where that is long."""
    number: int = -1
    """By which the page knows it as long as it lives, whatever was looked at since."""
    address: str = ""
    """Of the page or frame that showed it."""

    @property
    def words(self) -> str:
        """What a person would call it."""
        return self.name or self.label or self.text or self.placeholder


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page at one moment."""

    url: str
    title: str
    elements: tuple[Element, ...]
    width: float = 1280.0
    height: float = 720.0

    @property
    def fingerprint(self) -> tuple[object, ...]:
        """What differs when the page differs for a person."""
        return (
            self.url,
            *((e.kind, _still(e.words), _still(e.text), e.disabled, e.checked) for e in self.elements),
        )

    def texts(self) -> set[str]:
        """Every text in sight, and every name of a heading."""
        return {e.text for e in self.elements if e.text}

    def of_kind(self, *kinds: str) -> list[Element]:
        """The elements of some kinds, in page order."""
        return [e for e in self.elements if e.kind in kinds]


def read_snapshot(raw: Mapping[str, Any], frames: Iterable[tuple[str, Mapping[str, Any]]] = ()) -> Snapshot:
    """A snapshot from what the collecting script answered for the page, and for its frames by their CSS selectors."""
    elements = [_element(item, "", str(raw["url"])) for item in raw["elements"]]
    elements += [_element(item, frame, str(inner["url"])) for frame, inner in frames for item in inner["elements"]]
    kept = tuple(e for e in elements if e.kind != "text" or _still(e.text))
    return Snapshot(str(raw["url"]), str(raw["title"]), kept, float(raw["width"]), float(raw["height"]))


def _still(text: str) -> str:
    """A text without what ticks in it."""
    return _TICKING.sub("", text)


def _element(item: Mapping[str, Any], frame: str, address: str) -> Element:
    fields = dict(item)
    fields["box"] = Box(*fields["box"])
    fields["options"] = tuple(fields["options"])
    return Element(**fields, frame=frame, address=address)
