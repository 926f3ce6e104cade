"""Start rdiffweb, a published backup browser with codes by mail, for judging it from outside.

Run with any Python 3.11 or newer; beside the standard library it needs the program rdiff-backup:

    python start.py --smtp 127.0.0.1:2525 --accounts 60

Once the portal answers, one JSON line on stdout says where it is and who may sign in, and the portal runs until
stdin ends or SIGTERM arrives.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from environments import become

if __name__ == "__main__":
    if not shutil.which("rdiff-backup"):  # rdiffweb does not start without it, and says so in a log only
        sys.exit("rdiffweb needs the program rdiff-backup: install it, on Debian with 'apt-get install rdiff-backup'.")
    become(Path(__file__).resolve().parent, "portal.serve", sys.argv[1:])
