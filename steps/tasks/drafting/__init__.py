"""Drafting a profile: walking a portal as a person would who knows it for the first time."""
