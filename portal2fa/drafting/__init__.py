"""Drafting a profile: what a page shows, what of it is likely meant, and the file that says so.

Everything here is a pure function of what a browser saw; the suite drives the browser (`steps/tasks/drafting/`).
"""
