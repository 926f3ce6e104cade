"""Ways in which the portal can be wrong, by name: what is declared in `catalogue/` is done in the module of its family.

`totp.toml` declares what `totp.py` does, and so on; `deviation.py` says in which ways a fault may deviate.
"""
