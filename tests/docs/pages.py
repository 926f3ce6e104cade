"""Reading the documentation as data: pages, sections, tables, code blocks and links of Markdown files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))


def page(name: str) -> str:
    """The text of a page, by its path below the root."""
    return (ROOT / name).read_text("utf-8")


def section(text: str, title: str) -> str:
    """The text under a heading of the second level, up to the next one; the heading has to be there."""
    heading = f"\n## {title}\n"
    assert heading in text, f"there is no section {title!r}"
    return re.split(r"\n## ", text.partition(heading)[2])[0]


def tables(text: str) -> list[list[tuple[str, ...]]]:
    r"""Every table of a text as rows of cells, without its heading; `\|` in a cell is a bar."""
    found: list[list[tuple[str, ...]]] = []
    for block in re.findall(r"(?:^\|.*\|\n?)+", text, re.MULTILINE):
        rows = [re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in block.strip().splitlines()]
        found.append([tuple(cell.strip().replace(r"\|", "|") for cell in row) for row in rows[2:]])
    return found


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> Iterator[str]:
    """The command lines in console blocks, without prompt and comment."""
    for block in blocks(text, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                yield re.sub(r"\s+#.*$", "", line[2:])


def prose(text: str) -> str:
    """A text without its code blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def links(text: str) -> list[str]:
    """The targets of all links and pictures in prose."""
    return re.findall(r"\]\(([^)\s]+)\)", prose(text))


def anchors(text: str) -> set[str]:
    """The anchors that headings have on the usual hosts: small letters, dashes for spaces, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def bare(cell: str) -> str:
    """A cell without its backticks."""
    return cell.strip("`")
