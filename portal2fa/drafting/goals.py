"""What a draft looks for, as data: the kinds, words and traits of each control."""

from __future__ import annotations

from portal2fa.drafting.scoring import Goal

PRESSED = frozenset({"button", "link"})
FIELD = frozenset({"field"})
_NEVER = {"sign_out": 9.0, "harmful": 9.0}

USERNAME = Goal(
    "the field for the user name",
    FIELD,
    {"username": 3.0},
    {"password": 3.0},
    {"username": 3.0, "email": 1.5, "plain": 0.5},
    frozenset({"writes", "plain"}),
    words_needed=False,
)
PASSWORD = Goal(
    "the field for the password",
    FIELD,
    {"password": 1.0},
    {"hidden_code": 9.0},
    {"password": 3.0},
    frozenset({"password"}),
    words_needed=False,
    page_against=frozenset({"hidden_code"}),
)
SIGN_IN = Goal(
    "the button that signs in",
    PRESSED,
    {"sign_in": 3.0, "continue": 1.5, "confirm": 1.0},
    {"two_factor": 2.0},
    {"submits": 2.0, "main": 0.5},
)
TO_SIGN_IN = Goal(
    "the way from the front page to the client area",
    PRESSED,
    {"client_area": 3.0, "sign_in": 1.5},
    _NEVER,
    {"nav": 0.5},
)
SECURITY_SETTINGS = Goal(
    "the entry of the security settings",
    PRESSED,
    {"security_settings": 4.0, "two_factor": 4.0, "settings": 2.0},
    {**_NEVER, "what_is_it": 3.0, "how_to_turn_off": 6.0},
    {"nav": 0.5, "enabled": 0.2, "footer": -2.5},
)
TWO_FACTOR = Goal(
    "the entry of the two-factor settings",
    PRESSED,
    {"two_factor": 4.0},
    {**_NEVER, "what_is_it": 3.0, "how_to_turn_off": 6.0},
    {"main": 0.5, "footer": -4.0},
)
LISTED = Goal(
    "the entry of the list of second factors",
    PRESSED,
    {"second_factors": 4.0},
    {**_NEVER, "what_is_it": 3.0, "how_to_turn_off": 6.0},
    {"nav": 0.5, "footer": -4.0},
)
TWO_FACTOR_HEADING = Goal(
    "the heading of the two-factor settings",
    frozenset({"heading", "text"}),
    {"two_factor": 4.0, "security_settings": 2.0, "second_factors": 1.0},
    {"off": 1.0, "on": 0.5},
    {"heading": 1.5, "main": 0.5, "footer": -4.0},
)
ENABLE = Goal(
    "what turns two-factor sign-in on",
    PRESSED,
    {"enable": 4.0},
    {**_NEVER, "disable": 4.0, "how_to_turn_off": 5.0, "what_is_it": 3.0, "backup_code": 3.0},
    {"main": 1.0, "nav": -0.5, "footer": -4.0, "enabled": 0.2},
)
APP_METHOD = Goal(
    "the method with an app",
    frozenset({"choice", "button", "link", "text", "field"}),
    {"app_method": 4.0},
    {**_NEVER, "backup_code": 3.0, "disable": 4.0},
    {"main": 0.3, "interactive": 0.5, "footer": -4.0},
)
EMAIL_METHOD = Goal(
    "the method with mailed codes",
    frozenset({"choice", "button", "link", "text", "field"}),
    {"email_method": 4.0},
    {**_NEVER, "backup_code": 3.0, "disable": 4.0},
    {"main": 0.3, "interactive": 0.5, "footer": -4.0},
)
CONTINUE = Goal(
    "the button that goes on",
    PRESSED,
    {"continue": 3.0, "enable": 2.0, "confirm": 1.0},
    {
        **_NEVER,
        "cancel": 4.0,
        "what_is_it": 3.0,
        "how_to_turn_off": 5.0,
        "resend": 3.0,
        "disable": 4.0,
        "client_area": 1.0,
    },
    {"submits": 2.0, "main": 0.5, "nav": -3.0, "footer": -4.0},
)
CODE = Goal(
    "the field for the code",
    FIELD,
    {"code": 3.0, "backup_code": 1.0},
    {"username": 1.0, "manual_key": 2.0},
    {"one-time-code": 3.0, "numeric": 1.5, "short": 1.5},
    frozenset({"writes", "typed"}),
    words_needed=False,
    page_topics=frozenset({"hidden_code", "two_factor"}),
)
BACKUP_FIELD = Goal(
    "the field for the backup code",
    FIELD,
    {"backup_code": 4.0, "code": 1.0},
    {"username": 1.0},
    {"plain": 0.3},
    frozenset({"writes", "typed"}),
    words_needed=False,
)
CONFIRM = Goal(
    "the button that gives the code",
    PRESSED,
    {"confirm": 3.0, "sign_in": 1.5, "continue": 1.5, "backup_code": 0.5},
    {**_NEVER, "cancel": 4.0, "resend": 4.0, "how_to_turn_off": 4.0, "what_is_it": 3.0},
    {"submits": 2.5, "main": 0.5, "nav": -2.0, "footer": -4.0},
)
CANCEL = Goal(
    "the way out of the set-up",
    PRESSED,
    {"cancel": 3.0, "close": 2.0},
    {"sign_out": 9.0},
    {"main": 1.0, "footer": -3.0, "spelled": 0.1},
)
DISMISS = Goal(
    "what takes a message away",
    PRESSED,
    {"close": 3.0},
    {**_NEVER, "cancel": 9.0},
    {"wordless": 1.0},
    words_needed=False,
)
SHOW_KEY = Goal(
    "what shows the key for typing",
    PRESSED,
    {"show_manual_key": 3.0},
    {"cancel": 2.0, "resend": 2.0},
    {"main": 0.5, "footer": -4.0},
)
USE_BACKUP = Goal(
    "the way to the backup code at sign-in",
    frozenset({"button", "link", "choice"}),
    {"backup_code": 3.0},
    {"harmful": 9.0},
    {"main": 0.5, "footer": -4.0},
)
SHOW_BACKUP = Goal(
    "what shows the backup codes",
    PRESSED,
    {"backup_code": 3.0, "show_backup": 1.0},
    {**_NEVER, "disable": 5.0, "how_to_turn_off": 4.0, "what_is_it": 3.0},
    {"main": 1.0, "nav": -1.5, "footer": -4.0},
)
OPENS_CODES = Goal(
    "what opens the backup codes that were asked for",
    PRESSED,
    {"code": 3.0},
    {**_NEVER, "cancel": 2.0, "resend": 3.0, "request_mail": 3.0, "manual_key": 9.0},
    {"main": 0.5, "dialog": 1.0, "nav": -3.0, "footer": -4.0},
    frozenset({"opens"}),
)
RESEND = Goal("what sends a new code", PRESSED, {"resend": 3.0}, {"cancel": 3.0}, {"main": 0.5, "footer": -4.0})
MAIL_ADDRESS = Goal(
    "the field for the mail address",
    FIELD,
    {"email_method": 3.0},
    {"code": 3.0},
    {"email": 1.0},
    frozenset({"writes", "plain"}),
)
OPENS_KEY = Goal(
    "what opens the key for typing",
    PRESSED,
    {"manual_key": 3.0},
    {**_NEVER, "cancel": 2.0},
    {"main": 0.5, "footer": -4.0},
    frozenset({"opens"}),
)
REQUEST_MAIL = Goal("what asks for the mail", PRESSED, {"request_mail": 3.0}, {"cancel": 3.0}, {"submits": 1.0})
DONE = Goal(
    "what leaves the page that announced success",
    PRESSED,
    {"done": 3.0},
    {**_NEVER, "backup_code": 1.5, "disable": 4.0},
    {"main": 1.0, "nav": -1.0, "footer": -4.0, "spelled": 0.1},
)
DISABLE = Goal(
    "what turns two-factor sign-in off",
    frozenset({"button", "link", "choice"}),
    {"disable": 4.0},
    {"sign_out": 9.0, "harmful": 9.0, "how_to_turn_off": 2.0, "cancel": 4.0},
    {"main": 1.0, "nav": -1.0, "footer": -6.0, "submits": 0.5},
)
CHANGE = Goal(
    "what leads to a change of the second factor",
    PRESSED,
    {"change": 3.0},
    {**_NEVER, "backup_code": 3.0, "how_to_turn_off": 5.0, "cancel": 4.0},
    {"main": 1.0, "nav": -1.0, "footer": -6.0},
)
AGREE = Goal("the mark of agreement", frozenset({"choice"}), {"agree": 3.0}, {}, {"main": 0.5})
WHAT_IS_IT = Goal(
    "the explanation of two-factor sign-in",
    frozenset({"link"}),
    {"what_is_it": 3.0},
    {"how_to_turn_off": 3.0, "security_settings": 1.0},
)
HOW_TO_TURN_OFF = Goal("the explanation of how to turn it off", frozenset({"link"}), {"how_to_turn_off": 3.0})
SUPPORT = Goal("the way to a support ticket", PRESSED, {"support": 3.0}, {"live_chat": 2.0}, {"footer": 0.3})
LIVE_CHAT = Goal("the live chat", PRESSED, {"live_chat": 3.0}, {}, {"footer": 0.3})
MENU_BAR = Goal(
    "what unfolds the menu of a narrow window",
    PRESSED,
    {"menu": 3.0},
    {**_NEVER, "cancel": 2.0},
    {"opens": 1.0, "nav": 0.5, "wordless": 1.0, "corner": 0.3},
    words_needed=False,
)
SIGN_OUT = Goal(
    "what signs out",
    PRESSED,
    {"sign_out": 4.0},
    {"harmful": 9.0},
    {"nav": 0.5, "footer": -1.0},
)
SIGN_IN_HEADING = Goal("that sign-in is asked for", frozenset({"heading"}), {"sign_in": 3.0})
