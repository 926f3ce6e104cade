"""A minimal client portal: the stock views of Flask-Security, plus a home page with a name menu and settings."""
