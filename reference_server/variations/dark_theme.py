"""Every page is dark, whatever the browser asks for."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import restyle

VARIATION = Deviation()
restyle(
    VARIATION,
    lambda css: css.replace("@media (prefers-color-scheme: dark)", "@media all").replace(
        "color-scheme: light dark", "color-scheme: dark"
    ),
)
