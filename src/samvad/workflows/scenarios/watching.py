"""Looks at the customer's phone and at the team's side until something is as a scenario expects it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any

from samvad.kernel.json import JsonValue
from samvad.workflows.scenarios import types as say
from samvad.workflows.scenarios import verdicts
from samvad.workflows.scenarios.house import House, Seen
from samvad.workflows.scenarios.phone import Message, Phone
from samvad.workflows.scenarios.types import Told

_LOOK = 1  # seconds that a look for news waits
_AUTHOR = 2.0  # seconds until a message is shown although nobody has noted who wrote it
Check = Callable[[], Awaitable[str]]
Tell = Callable[[Told], None]


class Failed(Exception):
    """A step is not as it should be."""


class Watch:
    """One customer's talk, seen from both sides; `tell` hears of each message once."""

    def __init__(self, phone: Phone, house: House, tell: Tell) -> None:
        self.phone, self._house, self._tell = phone, house, tell
        self.seen: Seen | None = None
        self._told: set[int] = set()
        self._since: dict[int, float] = {}  # when a message came whose author is not known yet
        self._taken = 0  # replies that expectations have used up
        self._before = 0  # replies that were there when the customer last did something

    def mark(self) -> None:
        """The customer is about to do something."""
        self._before = len(self.phone.received)

    async def expect(self, expected: say.Expectation) -> None:
        match expected:
            case say.ExpectsReply(within=within):
                await self.until(within, lambda: self._replied(expected))
            case say.ExpectsNothing(seconds):
                await self.wait(seconds)
                if spoken := await self._spoken():
                    raise Failed(spoken)
            case say.ExpectsState(within=within):
                await self.until(within, lambda: self._stands(expected))
            case say.ExpectsPerson(within=within):
                await self.until(within, lambda: _at_once(verdicts.person(expected, self._talk)))
            case say.ExpectsSight(within=within):
                await self.until(within, lambda: _at_once(self._sighted(expected)))
            case say.ExpectsFact(within=within):
                await self.until(within, lambda: _at_once(verdicts.fact(expected, self._talk)))

    def _sighted(self, expected: say.ExpectsSight) -> str:
        return verdicts.sight(expected, self.seen.messages if self.seen else ())

    @property
    def _talk(self) -> Mapping[str, Any] | None:
        return self.seen.conversation if self.seen else None

    async def _replied(self, expected: say.ExpectsReply) -> str:
        wrong = []
        for at, message in list(enumerate(self.phone.received))[self._taken :]:
            ours = self.seen.of(message) if self.seen else None
            rule = bool(ours and expected.origin and await self._house.by_rule(str(ours["id"])))
            problem = verdicts.reply(expected, message["text"] or "", ours, by_rule=rule)
            if not problem:
                self._taken = at + 1
                return ""
            wrong.append(problem)
        return verdicts.nothing_fits(wrong) if wrong else "nothing came"

    async def _spoken(self) -> str:
        """Of what came since the customer did something."""
        fresh = self.phone.received[max(self._before, self._taken) :]
        return f"the business wrote: {fresh[0]['text'] or fresh[0]['kind']}" if fresh else ""

    async def _stands(self, expected: say.ExpectsState) -> str:
        ours = self.seen.ours if self.seen else None
        if ours is None:
            return "the business has written nothing"
        if ours["status"] != expected.state:
            why = ours["detail"] or ours["reason"]
            return f"it is {ours['status']}" + (f" ({why})" if why else "")
        if expected.code is None:
            return ""
        codes = await self._house.codes(str(ours["id"]))
        return "" if expected.code in codes else f"its codes are {sorted(codes) or 'none'}"

    async def until(self, seconds: float, check: Check) -> None:
        """Until the check has nothing to say. Raises Failed with what it says at the end."""
        end = monotonic() + seconds
        await self.look()
        while problem := await check():
            left = end - monotonic()
            if left <= 0:
                raise Failed(f"{problem} (after {seconds:g} seconds)")
            await self._news(left)

    async def wait(self, seconds: float) -> None:
        """All that time, whatever happens."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            await self._news(left)

    async def _news(self, left: float) -> None:
        await (self.phone.listen(_LOOK) if left >= _LOOK else asyncio.sleep(left))
        await self.look()

    async def look(self) -> None:
        await self.phone.listen(0)
        self.seen = await self._house.look(self.phone.bsuid)
        for message in self.phone.said:
            if message["id"] not in self._told:
                self._show(message)

    def _show(self, message: Message) -> None:
        """Once, with its author; for that it waits a moment."""
        author, cited = "customer" if message["direction"] == "in" else "business phone", list[JsonValue]()
        if message["direction"] == "out":
            ours = self.seen.of(message) if self.seen else None
            since = self._since.setdefault(message["id"], monotonic())
            if ours is None and monotonic() - since < _AUTHOR:
                return
            author = str(ours["author"]) if ours else "business"
            cited = list(dict.fromkeys(str(c.get("source", "")) for c in ours["citations"])) if ours else []
        self._told.add(message["id"])
        facts = {name: message[name] for name in ("kind", "text", "direction")}
        self._tell(Told("message", {"author": author, "citations": cited, **facts}))


async def _at_once(value: str) -> str:
    return value
