"""The customer's side of a scenario: one phone of the emulator and what has come up on it."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from samvad.kernel.errors import SamvadError
from samvad.workflows.scenarios.house import Emulator
from samvad.workflows.scenarios.types import Customer

Message = Mapping[str, Any]
_TRIES = 5  # for an invented number that nobody has


class Phone:
    """`said`: the messages on it in their order; those of before are not among them."""

    def __init__(self, emulator: Emulator, customer: Mapping[str, Any], cursor: int, after: int) -> None:
        self._emulator = emulator
        self._cursor, self._after = cursor, after
        self._shown: dict[int, Message] = {}
        self.customer = customer
        self.fresh = False  # made for this scenario

    @classmethod
    async def of(cls, emulator: Emulator, wanted: Customer) -> "Phone":
        """Somebody new, or whoever has the wanted number. Raises SamvadError."""
        page = await emulator.ask("GET", "/customers")
        known = [c for c in page["items"] if wanted.phone and c["phone"] == _digits(wanted.phone)]
        customer = known[0] if known else await _introduce(emulator, wanted)
        after = 0
        while known and after is not None:
            newest = after
            said = await emulator.ask("GET", f"/customers/{customer['id']}/messages?after={after}")
            newest = said["items"][-1]["id"] if said["items"] else newest
            after = said["next_cursor"]
            if after is None:
                return cls(emulator, customer, page["cursor"], newest)
        made = cls(emulator, customer, page["cursor"], 0)
        made.fresh = True
        return made

    @property
    def id(self) -> int:
        return int(self.customer["id"])

    @property
    def bsuid(self) -> str:
        return str(self.customer["bsuid"])

    @property
    def said(self) -> Sequence[Message]:
        return [self._shown[id] for id in sorted(self._shown)]

    @property
    def received(self) -> Sequence[Message]:
        """What the business wrote, reactions apart; failed ones never came."""
        return [m for m in self.said if m["direction"] == "out" and m["state"] != "failed"
                and m["kind"] != "reaction"]  # fmt: skip

    def newest(self, direction: str, *, kind: str = "") -> Message | None:
        found = (m for m in reversed(self.said) if m["direction"] == direction and kind in ("", m["kind"]))
        return next(found, None)

    async def say(
        self,
        kind: str,
        content: Mapping[str, object],
        *,
        reply_to: str | None = None,
        referral: object = None,
    ) -> Message:
        """Raises SamvadError."""
        body: dict[str, object] = {"kind": kind, "content": content}
        if reply_to:
            body["reply_to"] = reply_to
        if referral is not None:
            body["referral"] = referral
        message: Message = await self._emulator.ask("POST", f"/customers/{self.id}/messages", body)
        self._shown.setdefault(message["id"], message)
        return message

    async def offers(self, *, stop: bool) -> None:
        await self._emulator.ask("POST", f"/customers/{self.id}/offers", {"stop": stop})

    async def block(self, *, blocked: bool) -> None:
        await self._emulator.ask("POST", f"/customers/{self.id}/block", {"blocked": blocked})

    async def forget(self) -> None:
        """Gone from the emulator, with all that was said; the business keeps its side."""
        await self._emulator.ask("POST", f"/customers/{self.id}/forget", {})

    async def read(self) -> None:
        await self._emulator.ask("POST", f"/customers/{self.id}/read", {})

    async def listen(self, seconds: int) -> None:
        """Waits that long at most for something to change."""
        news = await self._emulator.ask("GET", f"/events?after={self._cursor}&wait={seconds}")
        self._cursor = news["cursor"]
        for item in news["items"]:
            message = item.get("message")
            if message and message["customer_id"] == self.id and message["id"] > self._after:
                self._shown[message["id"]] = message


def choices(content: Mapping[str, Any]) -> list[tuple[str, Mapping[str, object]]]:
    """What can be pressed under a message: kind and content of the answer; it has a `title` or a `text`."""
    action = content.get("action") or {}
    found: list[tuple[str, Mapping[str, object]]] = [
        ("button_reply", {"id": b["reply"]["id"], "title": b["reply"]["title"]})
        for b in action.get("buttons", [])
        if "reply" in b
    ]
    for section in action.get("sections", []):
        found += [("list_reply", dict(row)) for row in section.get("rows", [])]
    for button in (content.get("shown") or {}).get("buttons", []):
        if button["type"] == "QUICK_REPLY":
            found.append(("button", {"payload": button["text"], "text": button["text"]}))
    return found


async def _introduce(emulator: Emulator, wanted: Customer) -> Mapping[str, Any]:
    for left in reversed(range(_TRIES)):
        phone = wanted.phone or (invented() if wanted.with_phone else None)
        body = {"name": wanted.name, "phone": phone} if phone else {"name": wanted.name}
        try:
            made: Mapping[str, Any] = await emulator.ask("POST", "/customers", body)
        except SamvadError:
            if wanted.phone or not left:
                raise
        else:
            return made
    raise SamvadError("no number was free")


def invented() -> str:
    """Of a range that is not assigned."""
    return f"+9199998{secrets.randbelow(100_000):05d}"


def _digits(phone: str) -> str:
    return "+" + "".join(c for c in phone if c.isdigit())
