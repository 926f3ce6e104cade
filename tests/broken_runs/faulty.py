"""The reference portal with one of its faults, and nothing else: what a profile says of the right one is wrong there.

Called with the fault, and after it with what the portal is started with.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from reference_server import __main__ as portal
from reference_server import serving
from reference_server.app import create_app
from reference_server.clock import SystemClock
from reference_server.faults.families import all_faults
from reference_server.faults.hosts import DeviatingPortal
from reference_server.settings import Settings


def main(fault: str, *options: str) -> int:
    """Serve it until the end of standard input."""
    deviation = all_faults()[fault]

    def served(settings: Settings, folder: Path, options: serving.Options) -> serving.Served:
        policy = replace(settings.policy, **deviation.policy)
        app = create_app(replace(settings, policy=policy), SystemClock())
        return serving.Served(app, DeviatingPortal(app, deviation))

    serving._served = served
    return portal.main(list(options))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
