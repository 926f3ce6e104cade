"""The portal's Flask application; everything about second factors is the package's own default."""

from __future__ import annotations

import secrets
from pathlib import Path

from customers import Customer
from flask import Flask, render_template
from flask_mailman import Mail
from flask_security import Security, SQLAlchemyUserDatastore, auth_required, hash_password
from flask_security.models import fsqla_v3 as fsqla
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()
fsqla.FsModels.set_db_info(db)


class Role(db.Model, fsqla.FsRoleMixin):
    """The package's roles; none is given to anybody here."""


class User(db.Model, fsqla.FsUserMixin):
    """The package's user with the name that the menu shows."""

    full_name: Mapped[str] = mapped_column(String(80))


class WebAuthn(db.Model, fsqla.FsWebAuthnMixin):
    """The package's passkeys: unused, but its user model refers to them."""


def make_application(scratch: Path, smtp: str, customers: list[Customer]) -> Flask:
    """Return the portal with its database in `scratch`, mailing to `smtp` (host:port), with `customers` in it."""
    app = Flask(__name__)
    app.config.update(_settings(scratch, smtp))
    db.init_app(app)
    Mail(app)
    datastore = SQLAlchemyUserDatastore(db, User, Role, WebAuthn)
    app.extensions["portal_security"] = Security(app, datastore)
    _add_pages(app)
    with app.app_context():
        db.create_all()
        for customer in customers:
            password = hash_password(customer.password)
            datastore.create_user(email=customer.email, password=password, full_name=customer.name)
        db.session.commit()
    return app


def _settings(scratch: Path, smtp: str) -> dict[str, object]:
    """Return what the package has to be told: that second factors are wanted, which, and where mails go."""
    host, _, port = smtp.rpartition(":")
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),  # one process, one run: no session outlives it
        "SECURITY_PASSWORD_SALT": secrets.token_hex(16),
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{scratch / 'portal.sqlite3'}",
        "SQLALCHEMY_ENGINE_OPTIONS": {"connect_args": {"timeout": 20}},  # several browsers write at once
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["email", "authenticator"],
        "SECURITY_TOTP_SECRETS": {"1": secrets.token_urlsafe(32)},
        "SECURITY_TOTP_ISSUER": "Example Portal",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_TWO_FACTOR_RESCUE_MAIL": "help@portal.test",
        "SECURITY_EMAIL_SENDER": "portal@portal.test",
        # Addresses at portal.test exist in no DNS; signing in must not ask for them there.
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
        # Accounts exist for one run on loopback and have random passwords; a slow hash would only make the run
        # slower.  Never do this where a password protects something.
        "SECURITY_PASSWORD_HASH": "pbkdf2_sha512",
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {"pbkdf2_sha512__default_rounds": 1},
        "MAIL_SERVER": host,
        "MAIL_PORT": int(port),
        "MAIL_TIMEOUT": 10,  # without it a dead mail server would hold a request for ever
    }


def _add_pages(app: Flask) -> None:
    """Add the two pages that the package leaves to its users: home, and the settings that lead to its own pages."""

    @app.get("/")
    @auth_required()
    def home() -> str:
        return render_template("home.html")

    @app.get("/security")
    @auth_required()
    def settings() -> str:
        return render_template("settings.html")
