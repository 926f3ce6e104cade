"""Pages of one theme."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from tests.stand_ins.whmcs.visits import visit_of


class Pages:
    """Templates, drawn in a theme."""

    def __init__(self, theme: str) -> None:
        """Draw in the theme `twenty-one` or `six`."""
        folder = Path(__file__).parent / "templates"
        self._templates = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
        self._templates.globals.update(theme=theme, base=f"{theme.replace('-', '_')}/base.html", six=theme == "six")

    def draw(self, request: Request, name: str, **values: object) -> str:
        """The text of a page, or of what a dialog holds."""
        return self._templates.get_template(name).render(visit=visit_of(request), **values)

    def show(self, request: Request, name: str, **values: object) -> HTMLResponse:
        """A page, which no cache keeps."""
        return HTMLResponse(self.draw(request, name, **values), headers={"cache-control": "no-store"})


def pages_of(request: Request) -> Pages:
    """The pages of the running portal."""
    pages: Pages = request.app.state.pages
    return pages
