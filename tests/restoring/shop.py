"""A tester's own program that makes and removes accounts of a portal, and knows the passwords that it has made.

    python shop.py make|password|remove ADDRESS FOLDER [USERNAME]

It asks the control endpoint of the reference portal, whose token is in the environment.  What it made is in FOLDER, one
file an account.  It depends on nothing but Python.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from urllib.parse import quote
from urllib.request import ProxyHandler, Request, build_opener


def main(deed: str, address: str, folder: Path, username: str = "") -> None:
    """Do one of the three, and print what was asked for."""
    file = folder / f"{username}.json"
    if deed == "make":
        account = _ask(f"{address}/_test/accounts", "POST", {"name": "Ana Own"})
        shown = {name: account[name] for name in ("username", "password", "email", "name")}
        (folder / f"{shown['username']}.json").write_text(json.dumps(shown))
        print(json.dumps(shown))
    elif deed == "password":
        print(json.loads(file.read_text())["password"])
    elif deed == "remove":
        _ask(f"{address}/_test/accounts?username={quote(username)}", "DELETE", {})


def _ask(address: str, method: str, body: dict[str, str]) -> dict[str, str]:
    headers = {"X-Test-Token": os.environ["OWN_TOKEN"], "Content-Type": "application/json"}
    request = Request(address, json.dumps(body).encode(), headers, method=method)
    with build_opener(ProxyHandler({})).open(request, timeout=20) as response:
        answer: dict[str, str] = json.load(response)
    return answer


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])
