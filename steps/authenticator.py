"""The authenticator app: scanning, and what the QR code carries."""

from __future__ import annotations

from typing import Any

from behave import step, then, when

from portal2fa.expectation import expect
from steps.tasks import looking, setting_up, stores
from steps.words import person


@step("{who:Person} has an authenticator app on her phone")
def has_app(context: Any, who: str) -> None:
    """The app is installed and holds no account yet."""
    person(context, who).authenticator = None


@step("{who:Person} scans the portal's QR code with her authenticator app")
@step("{who:Person} scans the new QR code with her authenticator app")
def scans(context: Any, who: str) -> None:
    """From the pixels on the screen."""
    setting_up.scan(person(context, who))


@when("{who:Person} looks at the QR code")
def looks_at_qr(context: Any, who: str) -> None:
    """The phone is held to the screen."""
    actor = person(context, who)
    actor.notes["read"] = setting_up.read_code(actor)


@then("her authenticator app can read it")
def can_read(context: Any) -> None:
    """The pixels decode to a key URI."""
    text = str(person(context, "she").notes["read"])
    expect(
        text.startswith("otpauth://"),
        expected="a QR code that an authenticator app can read",
        seen="none that can be read",
        missing=() if text.startswith("otpauth:") else (setting_up.A_QR_CODE,),
    )


@then("the QR code names a time-based secret")
def names_secret(context: Any) -> None:
    """`otpauth://totp/` with a base32 secret; a code that is none for an app at all cannot be judged."""
    actor = person(context, "she")
    text = str(actor.notes["read"])
    by_counter = text.startswith("otpauth://hotp/")
    expect(not by_counter, expected="a secret for codes by time", seen="one for codes by a counter")
    uri = setting_up.link(actor, text)
    well_formed = set(uri.secret) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    expect(well_formed and uri.bits > 0, expected="an unpadded base32 secret", seen="other characters in it")


@then("the secret has at least {bits:d} bits")
def strong(context: Any, bits: int) -> None:
    """RFC 4226 section 4, R6."""
    uri = person(context, "she").scanned[-1]
    expect(uri.bits >= bits, expected=f"a secret of at least {bits} bits", seen=f"{uri.bits} bits")


@then("the QR code names the portal and the account")
def names_both(context: Any) -> None:
    """Issuer present, the same in label and parameter where both have it; the account by its username or address."""
    actor = person(context, "she")
    uri, names = actor.scanned[-1], dict.fromkeys((actor.values["username"], actor.values["email"]))
    prefix, colon, _ = uri.label.rpartition(":")
    expect(uri.issuer or prefix, expected="an issuer", seen=uri.label)
    expect(uri.is_of(*names), expected=f"the account to be called {' or '.join(names)}", seen=uri.account)
    expect(
        not (colon and uri.issuer) or prefix == uri.issuer,
        expected=f"the issuer {prefix} in both places",
        seen=uri.issuer,
    )


@then("the QR code asks for SHA-1, 6 digits and 30 seconds")
def default_parameters(context: Any) -> None:
    """The only parameters that Google Authenticator honours."""
    uri = person(context, "she").scanned[-1]
    seen = f"{uri.algorithm}, {uri.digits} digits, {uri.period} seconds"
    expect(seen == "SHA1, 6 digits, 30 seconds", expected="SHA-1, 6 digits and 30 seconds", seen=seen)


@then("the QR code asks for codes of {seconds:d} seconds")
def time_step(context: Any, seconds: int) -> None:
    """RFC 6238 section 4.1."""
    uri = person(context, "she").scanned[-1]
    expect(uri.period == seconds, expected=f"a time step of {seconds} seconds", seen=f"{uri.period} seconds")


@then("the key shown for typing equals the scanned secret")
def same_key(context: Any) -> None:
    """After spaces, dashes, case and padding are taken out."""
    actor = person(context, "she")
    shown = setting_up.manual_key(actor)
    expect(shown == actor.scanned[-1].secret.rstrip("="), expected="the scanned secret", seen="another key")


@then("the new secret differs from the first")
def differs(context: Any) -> None:
    """Two set-ups, two secrets."""
    first, *_, last = person(context, "she").scanned
    expect(first.secret != last.secret, expected="another secret", seen="the same secret again")


@when("{who:Person} looks at all her settings again")
def looks_again(context: Any, who: str) -> None:
    """The last page anew, every settings page, and back."""
    actor = person(context, who)
    actor.notes["shown"] = looking.revisit(actor)


@then("her secret is shown nowhere")
def secret_nowhere(context: Any) -> None:
    """Neither in sight nor in the markup."""
    actor = person(context, "she")
    found = looking.places_showing(actor.notes["shown"], actor.scanned[-1].secret)
    expect(not found, expected="the secret nowhere", seen=f"it at {', '.join(found)}")


@then("no address that the portal uses carries her secret")
def in_no_address(context: Any) -> None:
    """Addresses are kept in histories and logs, and a foreign host that draws the code would learn the secret."""
    actor = person(context, "she")
    found = [address for address in looking.addresses_used(actor) if looking.holds(address, actor.scanned[-1].secret)]
    expect(not found, expected="no address with the secret", seen=f"{len(found)} with it")


@then("the app for {system:w} is the genuine Google Authenticator")
def genuine_app(context: Any, system: str) -> None:
    """By the identity that the store gives it; the store itself is not visited."""
    store = stores.STORES[system]
    href = stores.link_to(person(context, "she"), store)
    host, identity = store.host, store.identity
    expect(href.startswith(host) and identity in href, expected=f"a link to {identity} at {host}", seen=href)
