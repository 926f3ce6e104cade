"""The stylesheet's colours: contrast as WCAG 2.2 asks for it (1.4.3, 1.4.11), in the light and in the dark."""

from __future__ import annotations

import re

import pytest

from reference_server.pages import STATIC

CSS = (STATIC / "portal.css").read_text(encoding="utf-8")
TEXT = [
    ("ink", "paper"),
    ("ink", "card"),
    ("soft", "paper"),
    ("soft", "card"),
    ("soft", "tint"),
    ("sea", "paper"),
    ("sea", "card"),
    ("sea", "tint"),
    ("on-sea", "sea"),
    ("on-sea", "sea-deep"),
    ("good", "card"),
    ("good", "good-tint"),
    ("bad", "card"),
    ("bad", "bad-tint"),
    ("on-band", "band"),
    ("on-band-soft", "band"),
]
PARTS = [("edge", "card"), ("edge", "paper"), ("sea", "paper"), ("warm", "band")]


def palette(*, dark: bool) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.S)
    assert len(blocks) == 2
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[0]))
    return colours | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[1])) if dark else colours


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_stands_out(front: str, back: str, dark: bool) -> None:
    colours = palette(dark=dark)
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("front", "back"), PARTS)
def test_edges_of_controls_stand_out(front: str, back: str, dark: bool) -> None:
    colours = palette(dark=dark)
    assert contrast(colours[front], colours[back]) >= 3


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
