"""privacyIDEA with its stock self-service pages, set up for customers who enrol their own second factors."""
