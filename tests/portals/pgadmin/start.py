"""Start pgAdmin 4, the published product, with accounts of its own, for judging it from outside.

Run with any Python 3.11 or newer; only the standard library is needed:

    python start.py --smtp 127.0.0.1:2525 --accounts 150

Once the portal answers, one JSON line on stdout says where it is and who may sign in, and the portal runs until
stdin ends or SIGTERM arrives.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from environments import become

if __name__ == "__main__":
    become(Path(__file__).resolve().parent, "portal.serve", sys.argv[1:])
