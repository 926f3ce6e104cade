"""The names that the specification knows in a profile: when a portal needs each of them, and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

ALWAYS = "always"
OPTIONAL = "optional"
FORCED = "forced"


@dataclass(frozen=True, slots=True)
class Known:
    """A name: `when` it is needed, and what it stands for.

    `when` is `ALWAYS`, `OPTIONAL`, `FORCED` (by `methods.forced`), or the capability that needs it.
    """

    when: str
    meaning: str

    @property
    def declared(self) -> str:
        """The entry of a profile that needs the name; empty where none decides."""
        return "methods.forced" if self.when == FORCED else f"capabilities.{self.when}" if self.capability else ""

    @property
    def capability(self) -> str:
        """The capability that needs the name; empty where none decides."""
        return "" if self.when in (ALWAYS, OPTIONAL, FORCED) else self.when


PLACES = {
    "front": Known(ALWAYS, "the public start, from which the client area is offered"),
    "sign_in": Known(ALWAYS, "the sign-in form"),
    "client_area": Known(ALWAYS, "where a signed-in customer is at home"),
    "protected": Known(
        ALWAYS,
        "places that answer 200 with the customer's name on them, and only after a complete sign-in; asked for without "
        "a browser page, also between password and code: none that ends a sign-in, as the start of a set-up may",
    ),
    "security_settings": Known(OPTIONAL, "the security settings, as a short way where the walk is not the point"),
    "two_factor": Known(OPTIONAL, "the two-factor settings, likewise"),
    "deep_link": Known(
        OPTIONAL,
        "a place behind the sign-in that is shown at its end, where it was asked for before the password or the code",
    ),
    "revisit": Known(OPTIONAL, "places that are looked at again, where secrets must not show up"),
}
CONTROLS = {
    "name": Known(ALWAYS, "the customer's own name, which opens the menu"),
    "security_settings": Known(ALWAYS, "the entry of that menu"),
    "two_factor": Known(ALWAYS, "the entry or heading in the security settings"),
    "enable": Known(ALWAYS, "what turns two-factor sign-in on"),
    "client_area": Known("front_page", "the way from the front page to the client area"),
    "time_based": Known("time_based_tokens", 'the method "Time Based Tokens"'),
    "qr_code": Known("time_based_tokens", "the picture with the QR code, and nothing else"),
    "email": Known("email_codes", 'the method "Email Two-Factor Authentication"'),
    "authorization_code": Known("email_codes", "where the mailed code goes"),
    "backup_code": Known("backup_code", "where the backup code can be read"),
    "manual_key": Known("manual_key", "where the secret can be read"),
    "google_play": Known("store_links", "the link to the app for Android"),
    "app_store": Known("store_links", "the link to the app for iOS"),
    "help_link": Known("help_link", "the link to the explanation of two-factor sign-in"),
    "turn_off_help_link": Known("turn_off_help_link", "the link to the explanation of how to turn it off"),
    "support_link": Known("support_link", "the link to a support ticket"),
    "live_chat": Known("live_chat", "the live chat"),
}
NOTICES = {
    "sign_in_form": Known(ALWAYS, "that sign-in is asked for"),
    "sign_in_refused": Known(ALWAYS, "that username or password are wrong"),
    "signed_in": Known(ALWAYS, "that somebody is signed in"),
    "set_up_demanded": Known(FORCED, "that nobody gets on before a second factor is set up"),
    "security_settings": Known(ALWAYS, "that these are the security settings"),
    "choice": Known(ALWAYS, "that a method can be chosen"),
    "time_based_chosen": Known(OPTIONAL, "that the app is the method chosen, where it is no radio button"),
    "email_chosen": Known(OPTIONAL, "that mailed codes are the method chosen, likewise"),
    "off": Known("known_status", "that two-factor sign-in is off"),
    "on": Known("known_status", "that two-factor sign-in is on"),
    "announced_on": Known(ALWAYS, "that it has just been turned on"),
    "time_based_started": Known("time_based_tokens", "that the set-up of the app has begun"),
    "time_based_refused": Known("time_based_tokens", "that a code was refused in that set-up"),
    "time_based_asked": Known("time_based_tokens", "that sign-in asks for a code of the app"),
    "time_based_sign_in_refused": Known("time_based_tokens", "that such a code was refused at sign-in"),
    "email_started": Known("email_codes", "that the set-up of mailed codes has begun"),
    "email_refused": Known("email_codes", "that a mailed code was refused in that set-up"),
    "email_asked": Known("email_codes", "that sign-in asks for a mailed code"),
    "email_sign_in_refused": Known("email_codes", "that such a code was refused at sign-in"),
    "backup_code_refused": Known("backup_code", "that a backup code was refused"),
    "throttled": Known(OPTIONAL, "that no code or password is looked at for a while, right or wrong"),
    "safe_advice": Known("backup_code", "that the backup code is to be kept safe"),
    "turned_off": Known("turn_off", "that two-factor sign-in was turned off"),
    "turned_off_time_based": Known(OPTIONAL, "instead of `turned_off`, where that is said of the app by itself"),
    "turned_off_email": Known(OPTIONAL, "instead of `turned_off`, where that is said of mailed codes by themselves"),
    "turn_off_refused": Known("turn_off_password", "that it was not, because the password is wrong"),
    "new_password_mailed": Known(OPTIONAL, "that a link to a new password is mailed, if the address is known"),
    "new_password_asked": Known(OPTIONAL, "that a new password can be chosen, where the link leads"),
    "new_password_chosen": Known(OPTIONAL, "that the new password was taken"),
    "reset_link_refused": Known(OPTIONAL, "that the link does not count, or no longer"),
    "address_link_mailed": Known(OPTIONAL, "that a link is mailed to the new address"),
    "address_refused": Known(OPTIONAL, "that another address was not asked for with the right password"),
    "address_changed": Known(OPTIONAL, "that the address was changed"),
    "explanation": Known("help_link", "that two-factor sign-in is explained, where `help_link` leads"),
    "turn_off_explanation": Known(
        "turn_off_help_link", "that turning it off is explained, where `turn_off_help_link` leads"
    ),
    "support": Known("support_link", "that a support ticket can be opened, where `support_link` leads"),
    "chat": Known("live_chat", "that there is a live chat, where `live_chat` leads"),
}
PATHS = {
    "sign_in": Known(ALWAYS, "from the sign-in form to its answer"),
    "open_menu": Known(ALWAYS, "from the client area to the open menu behind the name"),
    "security_settings": Known(ALWAYS, "from that menu to the security settings"),
    "two_factor": Known(ALWAYS, "from there to the two-factor settings; empty when they are there already"),
    "enable": Known(ALWAYS, "from there to the choice of methods"),
    "set_up_demanded": Known(
        OPTIONAL, "from the demand for a second factor to that choice, where it is not there already"
    ),
    "client_area": Known("front_page", "from the front page to the sign-in"),
    "choose_time_based": Known("time_based_tokens", "marks the method, without going on"),
    "start_time_based": Known("time_based_tokens", "from the choice to the QR code"),
    "confirm_time_based": Known("time_based_tokens", "gives `{code}` in the set-up"),
    "sign_in_time_based": Known("time_based_tokens", "gives `{code}` at sign-in"),
    "choose_email": Known("email_codes", "marks the method, without going on"),
    "start_email": Known("email_codes", "from the choice to the place for the mailed code"),
    "confirm_email": Known("email_codes", "gives `{code}` in the set-up"),
    "sign_in_email": Known("email_codes", "gives `{code}` at sign-in"),
    "show_backup_code": Known(
        "backup_code", "from the announcement to the backup code; empty when it is there already"
    ),
    "sign_in_backup_code": Known("backup_code", "gives `{backup_code}` at sign-in"),
    "cancel_time_based": Known("cancel", "leaves the set-up of the app, where that is offered"),
    "cancel_email": Known("cancel", "leaves the set-up of mailed codes, likewise"),
    "resend": Known("resend", "asks for a new mailed code"),
    "turn_off": Known(
        "turn_off",
        "from the two-factor settings to off, whichever method is on; `{code}` is of that method, mailed on the way",
    ),
    "turn_off_time_based": Known(OPTIONAL, "instead of `turn_off`, where the app is turned off in its own way"),
    "turn_off_email": Known(OPTIONAL, "instead of `turn_off`, where mailed codes are turned off in their own way"),
    "prepare": Known(OPTIONAL, "once after the first sign-in of an account, such as setting its mail address"),
    "show_manual_key": Known(OPTIONAL, "makes the secret for typing visible"),
    "finish": Known(OPTIONAL, "leaves the page that announced success"),
    "sign_out": Known(OPTIONAL, "from the client area to a browser that is signed out"),
    "new_backup_code": Known(
        OPTIONAL, "from the two-factor settings to a new backup code in place of the old one, with `{password}`"
    ),
    "ask_for_new_password": Known(
        OPTIONAL, "from the sign-in form to a mail with a link to a new password, with `{email}`"
    ),
    "choose_new_password": Known(OPTIONAL, "gives `{new_password}` where that link leads"),
    "change_address": Known(
        OPTIONAL, "from the security settings to a mail with a link, to `{new_email}`, with `{password}`"
    ),
    "confirm_address": Known(OPTIONAL, "what is done where that link leads; empty where following it is enough"),
    "request_email": Known(OPTIONAL, "asks for the mail at sign-in, where none is sent unasked"),
}
TABLES = {"places": PLACES, "controls": CONTROLS, "notices": NOTICES, "paths": PATHS}
"""The tables that hold known names."""
