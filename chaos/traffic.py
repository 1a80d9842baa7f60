"""Customers who write and a team that answers, through everything that dies meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from chaos.installation import Installation

ATTENDED = 5  # every fifth customer is taken over by a person, who writes and gives back
STOPS = 7  # every seventh opts out
POISON = "poison"  # a text that the trial's database refuses to store
_PATIENCE = 90.0  # a safety net: how long the team may take once the API stays up


@dataclass(slots=True)
class Traffic:
    """What was acknowledged: texts by the provider's id, and the team's messages by client id."""

    where: Installation
    gap: float
    said: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)  # client id -> our message id
    attended: set[str] = field(default_factory=set)  # wamids of customers whom a person took over
    people: list[asyncio.Task[None]] = field(default_factory=list)
    poison_every: int = 0
    _flowing: asyncio.Task[None] = field(init=False)

    async def flow(self) -> None:
        number = 0
        while True:
            number += 1
            await self.customer(number)
            await asyncio.sleep(self.gap)

    async def customer(self, number: int) -> None:
        phone = f"+9198{number:08d}"
        text = self._text(number)
        body = {"customer": {"phone": phone}, "kind": "text", "content": {"body": text}}
        wamid = (await self.where.control("POST", "/messages", body))["id"]
        self.said[wamid] = text
        if number % ATTENDED == 0 and text == "hello":
            self.attended.add(wamid)
            self.people.append(asyncio.create_task(self._attend(phone, client_id=f"word-{number}")))

    def _text(self, number: int) -> str:
        if self.poison_every and number % self.poison_every == 0:
            return POISON
        return "STOP" if number % STOPS == 0 else "hello"

    async def _attend(self, phone: str, *, client_id: str) -> None:
        """Takes over, writes, gives back; a call without an answer is repeated as it was."""
        query = f"/conversations?phone={phone.replace('+', '%2B')}"
        items: list[Any] = []
        while not items:
            items = (await self._insist("GET", query))["items"]
            await asyncio.sleep(0.1)
        talk = f"/conversations/{items[0]['id']}"
        await self._insist("PUT", f"{talk}/mode", {"mode": "human"})
        word = {"text": "I am here", "client_id": client_id}
        self.written[client_id] = (await self._insist("POST", f"{talk}/messages", word))["id"]
        await self._insist("PUT", f"{talk}/mode", {"mode": "ai"})

    async def _insist(self, method: str, path: str, body: object = None) -> Any:
        while True:
            status, answer = await self.where.api(method, path, body)
            if 200 <= status < 300:
                return answer
            if 400 <= status < 500:
                raise RuntimeError(f"{method} {path}: {status} {answer}")
            await asyncio.sleep(0.1)

    def begin(self) -> None:
        self._flowing = asyncio.create_task(self.flow())

    async def wrote(self, customers: int) -> None:
        """Until that many have. Raises what broke the flow."""
        while len(self.said) < customers and not self._flowing.done():  # noqa: ASYNC110 - a look, no event
            await asyncio.sleep(self.gap)
        if self._flowing.done():
            await self._flowing

    async def end(self) -> None:
        """Nobody writes any more. The team's people go on. Raises what broke the flow."""
        if self._flowing.done():
            await self._flowing  # it never ends by itself: this raises
        self._flowing.cancel()
        await asyncio.gather(self._flowing, return_exceptions=True)

    async def finished(self) -> None:
        """Until the team has done what it began; needs a living API."""
        async with asyncio.timeout(_PATIENCE):
            await asyncio.gather(*self.people)


@asynccontextmanager
async def traffic(where: Installation, *, gap: float, poison_every: int = 0) -> AsyncIterator[Traffic]:
    """Flows until `end` is called."""
    made = Traffic(where, gap, poison_every=poison_every)
    made.begin()
    try:
        yield made
    finally:
        for task in (made._flowing, *made.people):
            task.cancel()
        await asyncio.gather(made._flowing, *made.people, return_exceptions=True)
