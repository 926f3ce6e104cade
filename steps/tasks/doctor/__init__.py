"""Examining a profile on its portal, part by part: what each entry points at, and whether the ways lead on."""
