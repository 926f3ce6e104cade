"""All faults together, as they are declared and as they are done."""

from __future__ import annotations

from reference_server.faults import (
    address,
    backup,
    email,
    failing,
    help,
    leaving,
    limits,
    mails,
    managing,
    methods,
    navigation,
    pages,
    reset,
    secret,
    session,
    shapes,
    totp,
    web,
)
from reference_server.faults.catalogue import declared, served
from reference_server.faults.deviation import DEVIATIONS, Deviation
from reference_server.variations.served import variation_called

FAMILIES = (
    totp,
    secret,
    email,
    mails,
    failing,
    backup,
    session,
    managing,
    leaving,
    reset,
    address,
    limits,
    navigation,
    methods,
    help,
    pages,
    web,
    shapes,
)
"""The modules that implement faults; reading them fills DEVIATIONS."""


def all_faults() -> dict[str, Deviation]:
    """Return every fault that can be served, in the order of the declarations; raises BadCatalogue."""
    faults = declared()
    places = {fault.id: fault.on for fault in faults if fault.on}
    found = {fault: DEVIATIONS[fault] for fault in served(faults, DEVIATIONS)}
    return found | {fault: found[fault].upon(variation_called(place)) for fault, place in places.items()}
