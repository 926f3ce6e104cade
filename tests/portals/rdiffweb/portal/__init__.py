"""The published product rdiffweb, run by its own entry point with customers of its own."""
