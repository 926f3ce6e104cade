"""What portals offer and testers have, as people call it: reports and reasons say these words instead of the keys."""

from __future__ import annotations

OFFERS = {
    "front_page": "front page",
    "time_based_tokens": "time-based tokens",
    "email_codes": "email codes",
    "backup_code": "backup code",
    "backup_replacement": "replacement of a used backup code",
    "known_status": "word on whether two-factor sign-in is on",
    "method_selection": "choice of a method before its set-up",
    "manual_key": "secret for typing",
    "cancel": "way to cancel a set-up",
    "resend": "new code on request",
    "turn_off": "way to turn two-factor sign-in off",
    "turn_off_password": "question for the password when it is turned off",
    "store_links": "links to the app stores",
    "help_link": "link to an explanation of two-factor sign-in",
    "turn_off_help_link": "link to an explanation of how to turn it off",
    "support_link": "way to open a support ticket",
    "live_chat": "live chat",
}
"""The capabilities of a profile, as in `the portal offers no …`."""

MEANS = {
    "mailbox": "mailbox",
    "clock": "clock to move or wait by",
    "movable-clock": "clock to move",
    "two-accounts": "second account",
    "throwaway-accounts": "account that nobody uses again",
    "any-name": "way to name an account",
    "failing-mail": "way to let the portal's mail fail",
}
"""The means of a tester, by the names of the `@needs.…` tags, as in `the tester has no …`."""


def in_words(name: str) -> str:
    """What people call a capability or a means; one that is not known here is told by its own name."""
    return {**OFFERS, **MEANS}.get(name, name.replace("_", " ").replace("-", " "))
