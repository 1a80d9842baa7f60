"""A scenario played: the customer's and the team's steps done, the expected waited for, all of it told."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from time import monotonic

from samvad.kernel.errors import Conflict, SamvadError, Unavailable
from samvad.kernel.json import JsonObject, JsonValue
from samvad.workflows.scenarios import types as say
from samvad.workflows.scenarios.house import Emulator, House
from samvad.workflows.scenarios.phone import Message, Phone, choices, invented
from samvad.workflows.scenarios.types import Customer, Outcome, Scenario, Step, Told
from samvad.workflows.scenarios.watching import Failed, Tell, Watch

_READING = 180.0  # seconds for documents that are being read


class Run:
    """One playing of one scenario; `tell` hears every line of it."""

    def __init__(
        self, scenario: Scenario, emulator: Emulator, house: House, tell: Tell, *, keep: bool = False
    ) -> None:
        """`keep`: people made for it stay in the emulator."""
        self._scenario, self._emulator, self._house, self._tell = scenario, emulator, house, tell
        self._keep = keep
        self._watch: Watch
        self._watches: dict[str, Watch] = {}
        self._moved = False
        self._later = timedelta()  # by which the conversations were moved
        self._templates: dict[str, JsonObject] = {}  # those that the provider decided of, as they were

    async def play(self) -> Outcome:
        """Raises SamvadError where it cannot even begin; leaves no fault behind, whatever comes."""
        began = monotonic()
        steps: list[JsonValue] = [
            {"number": n, "line": s.line, "words": s.words} for n, s in _numbered(self._scenario)
        ]
        self._say("started", name=self._scenario.name, about=self._scenario.about, steps=steps)
        await self._ready()
        try:
            await self._begin()
            failed = await self._steps()
        finally:
            await asyncio.shield(self._leave())
        outcome: Outcome = "failed" if failed else "passed"
        self._say("ended", outcome=outcome, failed_step=failed, seconds=round(monotonic() - began, 2))
        return outcome

    async def _ready(self) -> None:
        """Raises Conflict, Unavailable."""
        against = await self._house.fits(self._scenario.business)
        if against:
            raise Conflict(against)
        end = monotonic() + _READING
        while await self._house.reads_still():
            if monotonic() > end:
                raise Unavailable("Documents of the knowledge are still being read")
            await asyncio.sleep(0.2)

    async def _begin(self) -> None:
        await self._emulator.ask("POST", "/calm", {})
        await self._with(self._scenario.customer)

    async def _with(self, customer: Customer) -> None:
        """Somebody's phone is in hand: a new one, or theirs of before."""
        if customer.name not in self._watches:
            phone = await Phone.of(self._emulator, customer)
            self._watches[customer.name] = Watch(phone, self._house, self._tell)
        self._watch = self._watches[customer.name]
        self._say("customer", id=self._watch.phone.id, name=customer.name)

    async def _leave(self) -> None:
        try:
            await self._emulator.ask("POST", "/calm", {})
            for path, was in self._templates.items():
                await self._emulator.ask("POST", path, was)
            if self._moved:
                await self._emulator.ask("POST", "/clock", {"set_back": True})
            for phone in self.fresh if not self._keep else ():
                await phone.forget()
                await self._house.end(phone.bsuid)
        except SamvadError:
            return  # it is gone, and its faults with it
        finally:
            if self._later:
                await self._house.later(-self._later)

    @property
    def fresh(self) -> Sequence[Phone]:
        """The phones of people who were made for it."""
        return [watch.phone for watch in self._watches.values() if watch.phone.fresh]

    async def _steps(self) -> int | None:
        """The number of the step that failed."""
        for number, step in _numbered(self._scenario):
            began = monotonic()
            self._say("step", number=number, state="running")
            try:
                await self._do(step.act)
                await self._watch.look()
            except (Failed, SamvadError) as failure:
                why = str(failure) if isinstance(failure, Failed) else failure.detail
                spent = round(monotonic() - began, 2)
                self._say("step", number=number, state="failed", line=step.line, why=why, seconds=spent)
                return number
            self._say("step", number=number, state="passed", seconds=round(monotonic() - began, 2))
        return None

    async def _do(self, act: say.Act) -> None:
        match act:
            case say.TeamWrites() | say.TeamTakes():
                await self._team(act)
            case say.Provider(calls):
                await self._provide(calls)
            case say.Advances(seconds):
                await self._provide([("/clock", {"advance_seconds": seconds})])
                await self._house.later(timedelta(seconds=seconds))
                self._later += timedelta(seconds=seconds)
            case say.With(name):
                await self._with(Customer(name))
            case say.Waits(seconds):
                await self._watch.wait(seconds)
            case expected if isinstance(expected, say.Expectation):
                await self._watch.expect(expected)
            case _:
                self._watch.mark()
                await self._customer(act)

    async def _provide(self, calls: Sequence[tuple[str, JsonObject]]) -> None:
        for path, body in calls:
            self._moved = self._moved or path == "/clock"
            if path.startswith("/templates/"):
                await self._remember(path)
            await self._emulator.ask("POST", path, body)

    async def _remember(self, path: str) -> None:
        found = await self._emulator.ask("GET", "/templates")
        named = [one for one in found["items"] if f"/templates/{one['name']}" == path]
        if named:
            was = {"status": named[0]["status"], "category": named[0]["category"]}
            self._templates.setdefault(path, {**was, "quality": named[0]["quality_score"]["score"]})

    async def _customer(self, act: say.Act) -> None:
        phone = self._watch.phone
        match act:
            case say.Sends(kind, content, referral):
                await phone.say(kind, content, referral=referral)
            case say.Presses(title, alone):
                answer, pressed, message = await self._choice(title)
                await phone.say(answer, pressed, reply_to=None if alone else message["wamid"])
            case say.Reacts(emoji):
                message = await self._last("out", "the business wrote nothing yet")
                await phone.say("reaction", {"message_id": message["wamid"], "emoji": emoji})
            case say.Changes(text):
                message = await self._last(
                    "in", "the customer wrote nothing yet", kind="text" if text else ""
                )
                about = {"original_message_id": message["wamid"]}
                await phone.say("edit" if text else "revoke", {**about, "text": text} if text else about)
            case say.Moves(number):
                await phone.say("number_change", {"phone": number or invented()})
            case say.Reads():
                await phone.read()
            case say.Blocks(blocked):
                await phone.block(blocked=blocked)
            case say.Offers(stop):
                await phone.offers(stop=stop)

    async def _choice(self, title: str) -> tuple[str, Mapping[str, object], Message]:
        """Waits until something of that name can be pressed, in the newest message that has it."""
        found: list[tuple[str, Mapping[str, object], Message]] = []

        async def there() -> str:
            offered = [
                (k, c, m) for m in reversed(self._watch.phone.received) for k, c in choices(m["content"])
            ]
            found[:] = [one for one in offered if _title(one[1]).casefold() == title.casefold()]
            names = ", ".join(repr(_title(c)) for _, c, _ in offered)
            return "" if found else f"nothing called {title!r} can be pressed; there is {names or 'nothing'}"

        await self._watch.until(say.WITHIN, there)
        return found[0]

    async def _last(self, direction: str, otherwise: str, *, kind: str = "") -> Message:
        async def there() -> str:
            return "" if self._watch.phone.newest(direction, kind=kind) else otherwise

        await self._watch.until(say.WITHIN, there)
        found = self._watch.phone.newest(direction, kind=kind)
        if found is None:
            raise Failed(otherwise)
        return found

    async def _team(self, asked: say.TeamWrites | say.TeamTakes) -> None:
        async def there() -> str:
            return "" if self._watch.seen else "there is no conversation yet: the customer has to write first"

        await self._watch.until(say.WITHIN, there)
        conversation = str(self._watch.seen.conversation["id"]) if self._watch.seen else ""
        if isinstance(asked, say.TeamWrites) and asked.refused:
            await self._watch.until(say.WITHIN, lambda: self._refusal(conversation, asked))
        elif isinstance(asked, say.TeamWrites):
            await self._house.write(conversation, asked)
        else:
            await self._house.take(conversation, over=asked.over)

    async def _refusal(self, conversation: str, asked: say.TeamWrites) -> str:
        """What the provider told may be on its way still; but what once was sent was not refused."""
        try:
            await self._house.write(conversation, asked)
        except SamvadError:
            return ""
        raise Failed("it was not refused")

    def _say(self, event: str, **facts: JsonValue) -> None:
        self._tell(Told(event, facts))


def _numbered(scenario: Scenario) -> list[tuple[int, Step]]:
    return list(enumerate(scenario.steps, 1))


def _title(content: Mapping[str, object]) -> str:
    return str(content.get("title") or content.get("text") or "")
