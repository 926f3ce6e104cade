"""Every number that the portal's security rests on, each with the reason or the source beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """What the portal promises and enforces; durations are in seconds."""

    product: str = "Harbour Hosting"

    totp_step: int = 30
    """Time step X. RFC 6238 section 5.2 recommends 30 seconds."""

    totp_digits: int = 6
    """RFC 4226 section 5.3: at least six digits; the default of every authenticator app."""

    totp_drift_steps: int = 1
    """Steps accepted before and after the present one. RFC 6238 section 5.2: at most one step for delay."""

    totp_secret_bytes: int = 20
    """160 bits. RFC 4226 section 4, R6: at least 128 bits, 160 recommended."""

    email_code_digits: int = 6
    """SP 800-63B-4 section 3.1.3.2: six decimal digits or more, together with a limit on attempts."""

    email_code_life: float = 600
    """"Within 10 minutes" (SP 800-63B-4 section 3.1.3.2), read strictly.

    A code is valid in [issued, issued + 600): at 599 s it is accepted, at exactly 600 s it is not."""

    emails_per_window: int = 5
    """Codes that one account can be sent in `email_window`, so that the portal cannot be used to flood a mailbox.

    Mails with a link are counted apart, and as many of them are sent."""

    email_window: float = 600
    """As long as the life of a code, so that at most five codes of an account are ever alive together."""

    wrong_codes: int = 5
    """Wrong codes in `wrong_code_window` before codes are refused.

    With three live TOTP codes the chance to guess right is 5 * 3 / 10^6 a window. RFC 4226 section 7.3."""

    wrong_code_window: float = 900
    """How long a wrong code counts; shared by app codes, emailed codes and backup codes."""

    wrong_code_lock: float = 900
    """How long codes are refused after too many wrong ones; the sentence on the page says 15 minutes."""

    wrong_passwords: int = 10
    """Wrong passwords for one address in `wrong_code_window`. SP 800-63B-4 section 3.2.2: no more than 100."""

    password_length: int = 15
    """The least length of a password that is chosen. SP 800-63B-4 section 3.1.1.2, for one that may stand alone."""

    mailed_link_life: float = 1800
    """How long a mailed link to a new password, or to another address, counts.

    SP 800-63B-4 section 4.2.1.2: at most 24 hours by mail."""

    mailed_link_bytes: int = 32
    """256 random bits in the link; more than any code that has to be typed."""

    challenge_life: float = 1800
    """How long a sign-in waits for its second factor; longer than a mailed code lives and than codes are refused.

    ASVS 5.0.0 requirement 7.3.1: whoever finds it later has to begin with the password."""

    session_idle: float = 3600
    """SP 800-63B-4 section 2.2.3 (AAL2): inactivity of at most one hour."""

    session_life: float = 86_400
    """SP 800-63B-4 section 2.2.3 (AAL2): 24 hours at most, whatever the customer does."""

    enrolment_life: float = 1800
    """How long a secret that was offered but not confirmed can still be confirmed."""

    backup_download_life: float = 600
    """How long the page that shows a backup code can still offer it as a file."""

    backup_code_length: int = 16
    """16 characters of an alphabet of 32 are 80 bits; SP 800-63B-4 section 3.1.2.1 asks for 64 to skip salting."""

    form_bytes: int = 65_536
    """A form of this portal is a few hundred bytes; anything above this is not one of ours."""
