"""Set up a fresh privacyIDEA in a scratch folder: keys and tables by its command line, the rest by its admin API."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from privacyidea.app import create_app
from privacyidea.cli.pimanage.admin import add_admin
from privacyidea.cli.pimanage.pi_setup import create_audit_keys, create_enckey, create_tables

from portal.accounts import REALM, Customer, passwd_file

ENROL = "enrollTOTP, enrollEMAIL, enrollTAN, delete"
"""What customers may do for themselves: one method by app, one by mail, a list of spare codes, and taking them off."""

POLICIES = {
    "selfservice": {"scope": "user", "action": ENROL},
    "confirm": {"scope": "enrollment", "action": "verify_enrollment=totp email"},
    "challenge": {"scope": "authentication", "action": "otppin=userstore, challenge_response=totp email tan"},
    "password_only": {"scope": "authentication", "action": "passthru"},
    "pages": {"scope": "webui", "action": "login_mode=privacyIDEA, hide_welcome_info"},
}
"""Policies that make the product ask for password and then code, and let those without a token in by password."""


def installed(scratch: Path, smtp: str, customers: list[Customer]) -> Flask:
    """Return the application on a new database in `scratch`, with `customers`, sending mail to `smtp` (HOST:PORT)."""
    settings = scratch / "pi.cfg"
    settings.write_text(_settings(scratch), encoding="utf-8")
    (scratch / "passwd").write_text(passwd_file(customers), encoding="utf-8")
    password = secrets.token_urlsafe()
    _prepare(settings, password)
    app = create_app("production", str(settings), silent=True, initialize_hsm=True)
    _configure(app.test_client(), password, scratch / "passwd", smtp)
    return app


def _settings(scratch: Path) -> str:
    """Return the product's configuration file, in which nothing points outside `scratch`."""
    values = {
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{scratch}/privacyidea.sqlite",
        "SECRET_KEY": secrets.token_hex(),
        "PI_PEPPER": secrets.token_hex(),
        "PI_ENCFILE": f"{scratch}/enckey",
        "PI_AUDIT_KEY_PRIVATE": f"{scratch}/private.pem",
        "PI_AUDIT_KEY_PUBLIC": f"{scratch}/public.pem",
        "PI_LOGFILE": f"{scratch}/privacyidea.log",
        "PI_UUID_FILE": f"{scratch}/uuid",
        "PI_LOGLEVEL": 30,
    }
    return "".join(f"{key} = {value!r}\n" for key, value in values.items())


def _prepare(settings: Path, password: str) -> None:
    """Run the product's own commands that make keys, tables and the administrator."""
    runner = create_app("production", str(settings), silent=True).test_cli_runner()
    for command, arguments in (
        (create_enckey, []),
        (create_audit_keys, []),
        (create_tables, []),
        (add_admin, ["admin", "--password", password]),
    ):
        outcome = runner.invoke(command, arguments)
        if outcome.exit_code:
            raise SystemExit(
                f"privacyIDEA could not be set up: {command.name} said {outcome.output} {outcome.exception}"
            )


def _configure(client: FlaskClient, password: str, passwd: Path, smtp: str) -> None:
    """Tell the running product, as its administrator, who the customers are, where mails go, and its policies."""
    host, _, port = smtp.rpartition(":")
    token = _post(client, "/auth", {"username": "admin", "password": password})["token"]
    for address, data in (
        ("/resolver/customers", {"type": "passwdresolver", "fileName": str(passwd)}),
        (f"/realm/{REALM}", {"resolvers": "customers"}),
        (f"/defaultrealm/{REALM}", {}),
        ("/smtpserver/mail", {"server": host, "port": int(port), "sender": "portal@portal.test", "tls": False}),
        ("/system/setConfig", {"email.identifier": "mail"}),
        *((f"/policy/{name}", {**policy, "active": True, "realm": REALM}) for name, policy in POLICIES.items()),
    ):
        _post(client, address, data, token)


def _post(client: FlaskClient, address: str, data: dict[str, Any], token: str = "") -> dict[str, Any]:
    """Send one request of the admin API and return the value of its answer; end with its message where it refuses."""
    answer = client.post(address, json=data, headers={"Authorization": token} if token else {}).get_json()["result"]
    if not answer["status"]:
        raise SystemExit(f"privacyIDEA could not be set up: {address} said {answer['error']['message']}")
    return cast("dict[str, Any]", answer["value"])
