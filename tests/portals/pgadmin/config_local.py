"""Settings of pgAdmin for one run on loopback, under the name by which pgAdmin itself looks for an owner's settings.

It is found because the portal's folder is on the Python path, so nothing is written into the installed package.  Read
from the environment: PORTAL_SCRATCH (folder for all data), PORTAL_SMTP (host:port of the mail server), PORTAL_PORT.
Everything about second factors is the product's own default.  Names that begin with an underscore are no settings.
"""

from os import environ as _environ

SERVER_MODE = True  # several people who sign in, instead of one person's desktop
DATA_DIR = _environ["PORTAL_SCRATCH"]
DEFAULT_SERVER = "127.0.0.1"
DEFAULT_SERVER_PORT = int(_environ["PORTAL_PORT"])

MAIL_SERVER, _, _mail_port = _environ["PORTAL_SMTP"].rpartition(":")
MAIL_PORT = int(_mail_port)
MAIL_USE_TLS = False
SECURITY_EMAIL_SENDER = "pgadmin@portal.test"
ALLOW_SPECIAL_EMAIL_DOMAINS = ["test"]  # a reserved domain, which pgAdmin refuses unless told otherwise

UPGRADE_CHECK_ENABLED = False  # neither this nor the next may reach out of the machine
SHOW_GRAVATAR_IMAGE = False
CONSOLE_LOG_LEVEL = 40  # errors only; stderr is for trouble

# Session files bear the time of the machine: with a clock that was set ahead by days, all of them look outlived when
# they are tidied up, also that of a sign-in under way, whose form is then refused for its token.
CHECK_SESSION_FILES_INTERVAL = 24 * 365 * 10  # hours
