"""A minimal client portal: the stock views of django-two-factor-auth, plus a home page with a name menu."""
