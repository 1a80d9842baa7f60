"""Who answers for a number: the directory, remembered until it changes, with its secrets decrypted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from samvad.channels.repository import routes
from samvad.channels.service.vault import Vault
from samvad.channels.types import Item, Route, RouteKind
from samvad.kernel.clock import Clock
from samvad.platform.crypto import token_hash
from samvad.platform.db import Database
from samvad.platform.wakeups import Topic, Wakeups

REMEMBER = timedelta(seconds=5)  # at most: no wakeup travels while the database is away
_MOST = 10_000

Place = tuple[RouteKind, str]


def place_of(item: Item) -> Place:
    """Events of a whole account name no number: they go to every channel of it that signed."""
    return (RouteKind.ADDRESS, item.address) if item.address else (RouteKind.ACCOUNT, item.account)


class Directory:
    """Of one family of numbers. Only routes that exist are remembered: a new channel is known at its first
    webhook."""

    def __init__(
        self, database: Database, vault: Vault, clock: Clock, *, wakeups: Wakeups, family: str
    ) -> None:
        self._family = family
        self._database = database
        self._vault = vault
        self._clock = clock
        self._changed = wakeups.waiter(Topic.ROUTES)
        self._known: dict[Place, tuple[datetime, list[Route]]] = {}
        self._words: dict[bytes, str] = {}

    async def by_key(self, key: str) -> Route | None:
        found = await self._find({(RouteKind.KEY, key)})
        return next(iter(found.get((RouteKind.KEY, key), [])), None)

    async def by_address(self, address: str) -> Route | None:
        found = await self._find({(RouteKind.ADDRESS, address)})
        return next(iter(found.get((RouteKind.ADDRESS, address), [])), None)

    async def routes_of(self, items: Sequence[Item]) -> dict[Place, list[Route]]:
        """Of items that name neither number nor account there are none."""
        places = {place_of(item) for item in items}
        return await self._find({place for place in places if place[1]})

    async def verify_tokens(self, key: str | None, offered: str) -> list[str]:
        """What a handshake may offer: the token of the channel behind `key`, without a key any channel's."""
        place = (RouteKind.KEY, key) if key else (RouteKind.VERIFY, token_hash(offered).hex())
        routes = (await self._find({place})).get(place, [])
        return [self._word(route.verify_token, route) for route in routes[:1]]

    def secret(self, route: Route) -> str:
        return self._word(route.secret, route)

    async def renewed(self, route: Route) -> str | None:
        """The secret as stored now, when it differs from the remembered one."""
        self._known.pop((route.kind, route.value), None)
        fresh = (await self._find({(route.kind, route.value)})).get((route.kind, route.value), [])
        same = next((r for r in fresh if r.channel == route.channel), None)
        if same is None or same.secret == route.secret:
            return None
        return self.secret(same)

    def _word(self, stored: bytes, route: Route) -> str:
        word = self._words.get(stored)
        if word is None:
            if len(self._words) > _MOST:
                self._words.clear()
            word = self._words[stored] = self._vault.unseal_word(stored, route.channel)
        return word

    async def _find(self, places: set[Place]) -> dict[Place, list[Route]]:
        if self._changed.take():
            self._known = {}
        now = self._clock.now()
        found: dict[Place, list[Route]] = {}
        missing: set[Place] = set()
        for place in places:
            known = self._known.get(place)
            if known and known[0] > now:
                found[place] = known[1]
            else:
                missing.add(place)
        if missing:
            found.update(await self._ask(missing, now))
        return found

    async def _ask(self, places: set[Place], now: datetime) -> dict[Place, list[Route]]:
        found: dict[Place, list[Route]] = {}
        remembered = self._known  # what changes while we ask is a new one
        async with self._database.system_statement() as scope:
            for kind in {kind for kind, _ in places}:
                for route in await routes.find(
                    scope, self._family, kind, [v for k, v in places if k is kind]
                ):
                    found.setdefault((kind, route.value), []).append(route)
        if len(remembered) > _MOST:
            remembered.clear()
        remembered.update({place: (now + REMEMBER, known) for place, known in found.items()})
        return found
