"""All variations together, as they are declared and as they are done."""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path

from reference_server.faults.catalogue import BadCatalogue
from reference_server.faults.deviation import Deviation

CATALOGUE = Path(__file__).parent / "catalogue.toml"


def declared() -> list[str]:
    """Return the ids of the catalogue, in its order; each is also the label before `.localhost` of its host."""
    return [str(table["id"]) for table in tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["variation"]]


def all_variations() -> dict[str, Deviation]:
    """Return every variation by its id; raises BadCatalogue where one is declared that there is not."""
    return {name: variation_called(name) for name in declared()}


def variation_called(name: str) -> Deviation:
    """Return one variation; raises BadCatalogue where there is none of that name."""
    try:
        variation: Deviation = importlib.import_module(module_of(name)).VARIATION
    except ImportError as error:
        raise BadCatalogue(f"catalogue.toml: {error}") from error
    return variation


def module_of(name: str) -> str:
    """Return where a variation is done: `reference_server.variations.dark_theme` for `dark-theme`."""
    return f"reference_server.variations.{name.replace('-', '_')}"
