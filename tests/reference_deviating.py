"""The reference portal with one difference, as the whole of a portal: a program with the same options.

    python reference_deviating.py reference_server.variations.another_language --port 0 --test-control

The first argument is the module whose `VARIATION` is served; a run starts it as it starts any portal.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from reference_server import __main__, serving
from reference_server.app import create_app
from reference_server.clock import SystemClock
from reference_server.faults.deviation import Deviation
from reference_server.faults.hosts import DeviatingPortal
from reference_server.settings import Settings


def serve_only(deviation: Deviation) -> None:
    """Let the program serve the deviating portal, and nothing beside it."""

    def served(settings: Settings, folder: Path, options: serving.Options) -> serving.Served:
        right = create_app(settings, SystemClock())
        return serving.Served(right, DeviatingPortal(right, deviation))

    serving._served = served


if __name__ == "__main__":
    serve_only(importlib.import_module(sys.argv[1]).VARIATION)
    sys.exit(__main__.main(sys.argv[2:]))
