"""A tester who owns no account: a program of theirs makes one for every scenario, and may remove it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from portal2fa.profile_accounts import Account
from tests.restoring.living import Living, Owner

SHOP = Path(__file__).parent / "shop.py"
NOBODY = Account(username="nobody", password="none")


@dataclass(frozen=True)
class Maker(Owner):
    """A tester whose profile names these commands of the program, beside the one that makes accounts."""

    commands: tuple[str, ...] = ()

    @classmethod
    def at(cls, portal: Living, folder: Path, *commands: str) -> Maker:
        """With a folder of their own, which is made here."""
        (folder / "shop").mkdir(parents=True)
        return cls(portal, NOBODY, folder, commands)

    @property
    def only_one(self) -> Maker:
        """The same tester, with the one account in hand that the program has made."""
        (file,) = (self.folder / "shop").glob("*.json")
        return replace(self, account=Account(**json.loads(file.read_text())))

    def _accounts(self) -> list[str]:
        made = [self._command("make")]
        return ["[accounts]", 'kind = "command"', *made, *(self._command(deed, "{username}") for deed in self.commands)]

    def _command(self, deed: str, *more: str) -> str:
        words = ["{python}", str(SHOP), deed, self.portal.url, str(self.folder / "shop"), *more]
        return f"{deed} = {json.dumps(words)}"

    def _secrets(self) -> dict[str, str]:
        return {"OWN_TOKEN": self.portal.token}
