"""Faults of portals whose methods go together in another way; each is played on the variation that is built so."""

from __future__ import annotations

from typing import Any

import aiosqlite
from starlette.responses import Response

from reference_server.faults.deviation import rule
from reference_server.sessions import Level
from reference_server.variations.methods_together import OLDER
from reference_server.variations.second_factor_demanded import DEMAND
from reference_server.visiting import Visit


@rule("demand-at-the-front-only", "visiting._turned_away")
def elsewhere_unasked(right: Any, visit: Visit, needs: Level | None) -> Response | None:
    """Demand a second factor where the sign-in leads to, and nowhere else."""
    response: Response | None = right(visit, needs)
    demanded = response is not None and response.headers.get("location") == DEMAND
    return None if demanded and visit.request.url.path != "/client" else response


_had_both: set[str] = set()


@rule("one-of-two-methods-stays-on", "two_factor.disable")
async def only_the_first_time(right: Any, db: aiosqlite.Connection, username: str) -> bool:
    """Turn off one of two methods, and take the account for one that has none from then on."""
    if username in OLDER:
        _had_both.add(username)
    elif username in _had_both:
        return True
    return bool(await right(db, username))
