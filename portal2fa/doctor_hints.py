"""What to look at where no edit can be proposed for an entry of a profile."""

from __future__ import annotations

_BY_TABLE = {
    "controls": "look at the picture for what is meant, and point at it by its role and name, or by its label",
    "notices": "look at the picture for words, a heading or a field that stand there only then, and point at one",
    "paths": "walk it by hand from where it begins, the picture beside you, and write down every control on the way",
    "places": "go there by hand, and write what follows the portal's own address in the address bar",
    "accounts": "sign in by hand with the user name and password of this account",
    "capabilities": "look whether the portal offers it, and declare what you see",
    "backup_codes": "look at a backup code in the picture: say its groups, the signs in them and how many they are",
    "manual_key": "look at the key in the picture: say its groups, the signs in them and how many they are",
    "mailbox": "look at the mails of the account by hand: whether one came, from whom, and what stands around its code",
    "timing": "count by hand how long the portal takes",
    "clock": "look at [clock] of the profile, and whether this machine can move the portal's time",
}


def look_at(key: str) -> str:
    """What to look at for the entry at a key path; empty for what is no entry of a profile."""
    table = key.partition(".")[0].partition("[")[0]
    return _BY_TABLE.get(table, "")
