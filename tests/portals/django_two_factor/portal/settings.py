"""Django settings of the test portal; everything about second factors is the package's own default.

Read from the environment: PORTAL_SCRATCH (folder of the database) and PORTAL_SMTP (host:port of the mail server).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SCRATCH = Path(os.environ["PORTAL_SCRATCH"])
EMAIL_HOST, _, _port = os.environ["PORTAL_SMTP"].rpartition(":")
EMAIL_PORT = int(_port)
EMAIL_TIMEOUT = 10  # seconds; without it a dead mail server would hold a request for ever

DEBUG = False
SECRET_KEY = secrets.token_urlsafe(48)  # one process, one run: no session outlives it
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = None
USE_TZ = True
LANGUAGE_CODE = "en-us"
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts exist for one run on loopback and have random passwords.  A slow hash would only make the sixty
# accounts, and every sign-in of every scenario, slower.  Never do this where a password protects something.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": SCRATCH / "portal.sqlite3",
        # Several browsers write at once: readers must not block (WAL) and a writer must wait for its turn
        # from the start of its transaction (IMMEDIATE), else SQLite answers "database is locked".
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        },
    }
}

# `two_factor` stands before its plugin: the plugin registers its method with an app that must be there.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_email",
    "two_factor",
    "two_factor.plugins.email",
]

MIDDLEWARE = [  # those of a project as Django makes it, and the package's own
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

LOGIN_URL = "two_factor:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "two_factor:login"

DEFAULT_FROM_EMAIL = OTP_EMAIL_SENDER = "portal@portal.test"
OTP_EMAIL_SUBJECT = "Your verification code"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "two_factor": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
