"""The portal and its mails speak German."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from reference_server.faults.answers import rewritten
from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import in_every

VARIATION = Deviation(
    words={
        "Client Area": "Kundenbereich",
        "Email address": "E-Mail-Adresse",
        "Password": "Passwort",
        "Sign in": "Anmelden",
        "Sign in with backup code": "Mit Ersatzcode anmelden",
        "Sign in with your backup code": "Anmeldung mit dem Ersatzcode",
        "The email address or password is not right.": "E-Mail-Adresse oder Passwort stimmt nicht.",
        "Security Settings": "Sicherheitseinstellungen",
        "Two-Factor Authentication": "Zwei-Faktor-Anmeldung",
        "Two-factor authentication is off": "Die Zwei-Faktor-Anmeldung ist aus",
        "Two-factor authentication is on": "Die Zwei-Faktor-Anmeldung ist an",
        "Click Here to Enable": "Hier einschalten",
        "Choose a method": "Verfahren wählen",
        "How do you want to get your codes?": "Wie möchten Sie Ihre Codes erhalten?",
        "Time Based Tokens": "Zeitbasierte Codes",
        "Email Two-Factor Authentication": "Codes per E-Mail",
        "Get Started": "Beginnen",
        "QR code for your authenticator app": "QR-Code für Ihre App",
        "Manual key": "Schlüssel zum Abtippen",
        "Code from the app": "Code aus der App",
        "Confirm": "Bestätigen",
        "Authorization code": "Bestätigungscode",
        "Activate": "Aktivieren",
        "Send a new code": "Neuen Code senden",
        "Cancel": "Abbrechen",
        "Backup code": "Ersatzcode",
        "Done": "Fertig",
        "Verify": "Prüfen",
        "Use a backup code": "Ersatzcode verwenden",
        "Disable Two-Factor Authentication": "Zwei-Faktor-Anmeldung ausschalten",
        "Password to confirm": "Passwort zur Bestätigung",
        "What is Two-Factor Authentication (2FA)?": "Was ist Zwei-Faktor-Anmeldung (2FA)?",
        "What is two-factor authentication?": "Was ist das, Zwei-Faktor-Anmeldung?",
        "Turning two-factor authentication off": "Zwei-Faktor-Anmeldung abschalten",
        "Submit a Support Ticket": "Support-Anfrage stellen",
        "Write to us": "Schreiben Sie uns",
        "Live Chat": "Live-Chat",
        "Chat with us": "Chatten Sie mit uns",
        "Keep it in a safe place": "Bewahren Sie ihn an einem sicheren Ort auf",
        "It expires within 10 minutes.": "Er gilt 10 Minuten.",
        "Log out": "Abmelden",
        "That code is not right. Enter the code that your app shows now.": "Die App zeigt jetzt einen anderen Code.",
        "That code is not right.": "Der Code stimmt nicht.",
        "That code is not right or has expired.": "Der Code stimmt nicht oder ist abgelaufen.",
        "That backup code is not right.": "Der Ersatzcode stimmt nicht.",
        "That password is not right.": "Das Passwort stimmt nicht.",
        "Two-factor authentication was turned off.": "Die Zwei-Faktor-Anmeldung wurde ausgeschaltet.",
        "Forgotten password?": "Passwort vergessen?",
        "Forgotten password": "Vergessenes Passwort",
        "Send the link": "Link senden",
        "If we know this address, a mail with a link is on its way to it.": "Ein Link ist unterwegs.",
        "Choose a new password": "Neues Passwort wählen",
        "New password": "Neues Passwort",
        "Save the new password": "Neues Passwort speichern",
        "Your password was changed. Sign in with the new one.": "Ihr Passwort wurde geändert. Ab jetzt gilt das neue.",
        "This link no longer works": "Dieser Link gilt nicht mehr",
        "Change the address": "Adresse ändern",
        "New email address": "Neue E-Mail-Adresse",
        "Mail a link to the new address": "Link an die neue Adresse senden",
        "Use this address": "Diese Adresse verwenden",
        "If the address can be yours, a mail with a link is on its way to it. Until you follow it, nothing changes.": (
            "Ein Link ist dorthin unterwegs. Bis Sie ihm folgen, bleibt alles, wie es ist."
        ),
        "Your email address was changed.": "Ihre E-Mail-Adresse wurde geändert.",
    }
)
in_every(VARIATION, "base.html", '<html lang="en">', '<html lang="de">')
_MAIL = {
    "Your authorization code is": "Ihr Bestätigungscode lautet",
    "It expires within 10 minutes and works once.": "Er gilt 10 Minuten lang und nur einmal.",
    "Hello": "Guten Tag",
    "Use this address for your client area from now on:": "Verwenden Sie ab jetzt diese Adresse:",
    "Choose a new password here:": "Wählen Sie hier ein neues Passwort:",
    "The link works once, within 30 minutes.": "Der Link gilt einmal, 30 Minuten lang.",
}


@VARIATION.rule("messages.code_mail", "messages.link_mail")
def in_german(right: Callable[..., EmailMessage], *told: Any, **how: Any) -> EmailMessage:
    """Write the mail in German, as far as it matters to its reader."""
    return rewritten(right(*told, **how), _translated)


def _translated(text: str) -> str:
    for english, german in _MAIL.items():
        text = text.replace(english, german)
    return text
