"""The pages hang together: links lead somewhere, files exist, pictures are small, quoted messages are real."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from fixtures.authenticator import read_qr
from tests.docs.pages import PAGES, ROOT, anchors, links, page, prose, section, tables

OWN = r"(?:portal2fa|steps|fixtures|features|tests|docs|reference_server|\.venv)/"
FOLDERS = ("portal2fa", "steps", "fixtures", "reference_server")
each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


@each_page
def test_every_link_leads_to_a_file_and_a_heading(path: Path) -> None:
    for link in links(path.read_text("utf-8")):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target.read_text("utf-8")), link


@each_page
def test_every_file_that_is_named_exists(path: Path) -> None:
    named = re.findall(rf"`(?:python )?({OWN}[\w./*-]*)", path.read_text("utf-8"))
    missing = [name for name in named if not name.startswith(".venv/") and not list(ROOT.glob(name.rstrip("/")))]
    assert missing == []


@each_page
def test_there_is_one_sentence_a_line(path: Path) -> None:
    lines = [line for line in prose(path.read_text("utf-8")).splitlines() if line and line[0] not in "|#-0123456789!"]
    crowded = [line for line in lines if re.search(r"[a-z`)][.?!] [A-Z]", line)]
    assert crowded == []


@each_page
def test_no_page_names_a_place_on_one_machine(path: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:home|root|work|Users)/\S*", path.read_text("utf-8")) == []


@pytest.mark.parametrize("name", [path.name for path in (ROOT / "docs").glob("*.png")])
def test_pictures_are_shown_small_and_as_wide_as_the_first_screen(name: str) -> None:
    data = (ROOT / "docs" / name).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", data[16:20]) == (1280,)
    assert len(data) < 300_000
    shown = {(path.parent / link).resolve() for path in PAGES for link in links(path.read_text("utf-8"))}
    assert ROOT / "docs" / name in shown


def test_the_qr_code_in_the_picture_cannot_be_scanned() -> None:
    assert read_qr((ROOT / "docs" / "portal.png").read_bytes()) is None


def test_the_readme_names_every_folder_of_the_project() -> None:
    cells = " ".join(row[0] for row in tables(section(page("README.md"), "What is where"))[0])
    known = {"features", "tests", "docs", "bench", "mutation", *FOLDERS}
    assert set(re.findall(r"`(\w+)/`", cells)) == known
    assert [name for name in known if not (ROOT / name).is_dir()] == []


def test_every_page_of_docs_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    todo = [ROOT / "README.md"]
    while todo:
        here = todo.pop()
        if here not in seen and here.suffix == ".md" and here.exists():
            seen.add(here)
            todo += [(here.parent / link.partition("#")[0]).resolve() for link in links(here.read_text("utf-8"))]
    assert set(PAGES) - seen == set()


def test_every_message_among_the_symptoms_is_one_that_the_code_has() -> None:
    code = "\n".join(file.read_text("utf-8") for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))
    spoken = re.sub(r"\s+", " ", code)
    rows = [row for table in tables(page("docs/troubleshooting.md")) for row in table]
    quoted = [found for row in rows for found in re.findall(r"`([^`]+)`", row[0]) if " " in found]
    assert len(quoted) > 60
    for message in quoted:
        for part in re.split(r'…|"|\d+|controls\.|the button', message):
            assert len(part.strip()) < 4 or part.strip(' .:"') in spoken, message


def test_the_readme_starts_with_a_picture_and_two_commands_on_its_first_screen() -> None:
    top = page("README.md").splitlines()[:20]
    assert any(line.startswith("![") for line in top)
    assert sum(line.startswith("$ make ") for line in top) == 2
