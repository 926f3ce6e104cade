"""Mutation testing of the reference portal's rules: every rule is broken on purpose, and somebody has to notice."""
