"""`make bench`: what a run costs beside a bare script that does the same, measured and written down, never judged."""
