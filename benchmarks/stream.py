"""A browser that was away: how long it takes to hear all that happened, and whether anything is missing."""

import asyncio
import time
from collections import Counter

import orjson

from benchmarks.figures import Figure
from benchmarks.installation import APP_SECRET, NUMBER, Installation
from benchmarks.peers.load import Plan, webhook

RATE = 10  # customers' messages a second meanwhile
_PATIENCE = 60.0


async def away(house: Installation, *, seconds: int, first_contact: int) -> list[Figure]:
    """Connected again with the last cursor seen before; what comes is held against the server's own list."""
    cursor = str((await house.call("GET", "/events"))["next_cursor"])
    await _meanwhile(house, count=seconds * RATE, first_contact=first_contact)
    await house.settle()
    wanted = await _listed(house, cursor)
    waited = set(wanted)
    began = time.perf_counter()
    token = house.http.headers["Authorization"].removeprefix("Bearer ")
    socket = await house.http.ws_connect("/ws")
    await socket.send_json({"type": "auth", "token": token, "cursor": cursor})
    heard: Counter[str] = Counter()
    async with asyncio.timeout(_PATIENCE):
        while len(heard) < len(waited):
            frame = orjson.loads((await socket.receive()).data)
            if frame["type"] == "reset":
                raise RuntimeError("events were missed and the server says so")
            if frame.get("cursor") in waited:
                heard[frame["cursor"]] += 1
    took = time.perf_counter() - began
    await socket.close()
    missing = len(waited - set(heard))
    note = f"{len(wanted):,} events of {seconds} s"
    return [
        Figure(f"stream: missed after {seconds} s away", "", [missing], at_most=0, note=note),
        Figure(f"stream: doubled after {seconds} s away", "", [sum(heard.values()) - len(heard)], at_most=0),
        Figure(f"stream: all of {seconds} s heard after", "ms", [took * 1000], note=note),
    ]


async def _meanwhile(house: Installation, *, count: int, first_contact: int) -> None:
    plan = Plan(
        port=house.port, number=NUMBER, secret=APP_SECRET, count=count, contacts=count,
        words=["are you open today"], run=f"away{time.monotonic_ns()}", first_contact=first_contact,
    )  # fmt: skip
    began = time.monotonic()
    for number in range(count):
        body = webhook(plan, number)
        await house.knock(body)
        await asyncio.sleep(max(0.0, began + (number + 1) / RATE - time.monotonic()))


async def _listed(house: Installation, cursor: str) -> list[str]:
    """The cursors of all events since then, as the list of events tells them."""
    found: list[str] = []
    while True:
        page = await house.call("GET", f"/events?cursor={cursor}")
        if not page["items"]:
            return found
        found += [one["cursor"] for one in page["items"]]
        cursor = page["next_cursor"]
