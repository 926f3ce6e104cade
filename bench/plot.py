"""A plot of lines as SVG: so little is drawn that no library is needed for it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 460, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 88, 44, 52
_APART = 15.0
"""Pixels between the names of two lines, which stand at their ends."""
_LOOKS = (
    ("#1b4f8f", ""),
    ("#b5480a", "7 3"),
    ("#28703a", "2 3"),
    ("#7a3a91", "9 3 2 3"),
    ("#8a6d00", "12 3"),
    ("#00707a", "4 6"),
    ("#a01c48", "1 6"),
    ("#444444", "9 3 2 3 2 3"),
)
"""Colour and dashes of a line: nobody has to tell colours."""
_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0)


@dataclass(frozen=True, slots=True)
class Panel:
    """One diagram: a title, the places on the horizontal axis, and for each name of a line a value at each place."""

    title: str
    across: str
    """What the horizontal axis shows."""
    places: Sequence[int]
    """Greater than 0, ascending; their distances are logarithmic."""
    lines: Mapping[str, Sequence[float]]


def draw(panels: Sequence[Panel], described: str) -> str:
    """The panels beside each other, with a description for those who do not see them."""
    width = _WIDTH * len(panels)
    drawn = "".join(
        f'<g transform="translate({_WIDTH * number} 0)">\n{"".join(_panel(panel))}</g>\n'
        for number, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" '
        f'role="img" font-family="sans-serif" font-size="12" fill="#222">\n<title>{escape(described)}</title>\n'
        f'<rect width="{width}" height="{_HEIGHT}" fill="#fff"/>\n{drawn}</svg>\n'
    )


def _panel(panel: Panel) -> Iterator[str]:
    ticks = scale(max(value for values in panel.lines.values() for value in values))
    across = _places(panel.places)
    yield f'<text x="{_LEFT}" y="24" font-size="14" font-weight="bold">{escape(panel.title)}</text>\n'
    for tick in ticks:
        y = _height(tick, ticks[-1])
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>\n'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>\n'
    for place, x in zip(panel.places, across, strict=True):
        yield f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{place}</text>\n'
    yield f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 12}" text-anchor="middle">{escape(panel.across)}'
    yield "</text>\n"
    ends = apart([_height(values[-1], ticks[-1]) for values in panel.lines.values()])
    for number, ((name, values), end) in enumerate(zip(panel.lines.items(), ends, strict=True)):
        colour, dashes = _LOOKS[number % len(_LOOKS)]
        points = [(x, _height(value, ticks[-1])) for x, value in zip(across, values, strict=True)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>\n'
        yield "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points)
        yield f'\n<text x="{_WIDTH - _RIGHT + 10}" y="{end + 4:.1f}" fill="{colour}">{escape(name)}</text>\n'


def scale(greatest: float) -> list[float]:
    """Round values from 0 to the first that is no less than `greatest`, at most seven of them."""
    step = next((step for step in _STEPS if greatest <= 6 * step), greatest / 6)
    return [round(step * number, 10) for number in range(math.ceil(round(greatest / step, 9)) + 1)]


def apart(heights: Sequence[float]) -> list[float]:
    """The heights in their order, moved down where two would lie over each other."""
    moved = list(heights)
    below = -math.inf
    for number in sorted(range(len(moved)), key=lambda number: moved[number]):
        moved[number] = below = max(moved[number], below + _APART)
    return moved


def _height(value: float, greatest: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / greatest


def _places(places: Sequence[int]) -> list[float]:
    """Where on the horizontal axis; a single place stands in the middle."""
    first, last = math.log(places[0]), math.log(places[-1])
    room = _WIDTH - _LEFT - _RIGHT - 20
    return [
        _LEFT + 10 + room * ((math.log(place) - first) / (last - first) if last > first else 0.5) for place in places
    ]
