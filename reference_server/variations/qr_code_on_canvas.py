"""The QR code is drawn by a script, on a canvas."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import script

VARIATION = Deviation()
VARIATION.edit(
    "time_based.html",
    '<img src="{{ picture.source }}" width="{{ picture.size }}" height="{{ picture.size }}" '
    'alt="QR code for your authenticator app">',
    '<canvas data-picture="{{ picture.source }}" width="{{ picture.size }}" height="{{ picture.size }}" '
    'role="img" aria-label="QR code for your authenticator app"></canvas>',
)
script(
    VARIATION,
    """for (const canvas of document.querySelectorAll("canvas[data-picture]")) {
  const picture = new Image();
  picture.addEventListener("load", () => {
    const pen = canvas.getContext("2d");
    pen.imageSmoothingEnabled = false;
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  });
  picture.src = canvas.dataset.picture;
}
""",
)
