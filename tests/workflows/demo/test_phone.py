"""The simulated phone knows the people of the loaded demo: against the emulator itself."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from samvad.bootstrap.parts import SANDBOX_SECRET
from samvad.bootstrap.tenants import tell_sandbox
from samvad.platform.crypto import Keyring
from samvad.sandbox import people
from samvad.sandbox.config import SandboxConfig
from samvad.workflows.demo import catalogue
from samvad.workflows.demo.types import DemoName
from tests.sandbox.support import running
from tests.workflows.demo.conftest import Installation, Installing

STANDING = {"Asha Verma", "Daniel Brooks", "Meera Nair"}


@dataclass(frozen=True)
class Phone:
    """The emulator's control door."""

    base: str
    headers: dict[str, str]

    @property
    def port(self) -> int:
        return int(self.base.rpartition(":")[2])

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict]:
        async with aiohttp.ClientSession(headers=self.headers) as http:
            url = f"{self.base}/_sandbox/numbers{path}"
            async with http.request(method, url, json=body) as answer:
                return answer.status, await answer.json() if answer.status != 204 else {}

    async def number(self) -> str:
        _, found = await self.ask("GET", "")
        (number,) = found["items"]
        return number["phone_number_id"]

    async def people(self) -> dict[str, dict]:
        _, found = await self.ask("GET", f"/{await self.number()}/customers")
        return {customer["name"]: customer for customer in found["items"]}

    async def says(self, customer: dict) -> None:
        body = {"customer": {"phone": customer["phone"]}, "kind": "text", "content": {"body": "hello"}}
        await self.ask("POST", f"/{await self.number()}/messages", body)


@pytest.fixture
async def phone(keyring: Keyring, tmp_path: Path) -> AsyncIterator[Phone]:
    secret = keyring.token_for(SANDBOX_SECRET)
    config = SandboxConfig(data_file=tmp_path / "phone.sqlite", control_secret=secret, port=0)
    async with running(config) as base:
        yield Phone(base, {"authorization": f"Bearer {secret}"})


def names(name: DemoName) -> set[str]:
    return {person.name for person in catalogue.business(name).people}


async def settle(installation: Installation) -> bool:
    return await installation.parts.demos.settle_phone(installation.parts.database, installation.tenant)


def test_nobody_of_a_demo_has_the_number_of_somebody_standing() -> None:
    phones = [person.phone for business in catalogue.every() for person in business.people]
    assert len(phones) == len(set(phones)) == 9
    assert not {int(phone[-2:]) for phone in phones} & set(people.STANDING)


async def test_people_come_with_the_first_start_and_again_after_a_loss(
    installing: Installing, phone: Phone
) -> None:
    async with installing(demo="dairy", sandbox_port=phone.port) as installation:
        for _ in range(2):
            assert await tell_sandbox(installation.parts)
            assert set(await phone.people()) == STANDING | names(DemoName.DAIRY)
        await phone.ask("DELETE", f"/{await phone.number()}")
        assert await settle(installation) is False  # it does not know the number any more
        assert await tell_sandbox(installation.parts)
        assert set(await phone.people()) == STANDING | names(DemoName.DAIRY)


async def test_people_go_with_their_demo_but_not_those_who_wrote(
    installing: Installing, phone: Phone
) -> None:
    async with installing(demo="dairy", sandbox_port=phone.port) as installation:
        await tell_sandbox(installation.parts)
        await phone.says((await phone.people())["Rohini Kulkarni"])
        await installation.load(DemoName.PROPERTY)
        assert await settle(installation)
        assert set(await phone.people()) == STANDING | {"Rohini Kulkarni"} | names(DemoName.PROPERTY)
        await installation.remove()
        assert await settle(installation)
        assert set(await phone.people()) == STANDING | {"Rohini Kulkarni"}


async def test_people_are_there_again_after_a_reset_and_none_comes_back_later(
    installing: Installing, phone: Phone
) -> None:
    async with installing(demo="dairy", sandbox_port=phone.port) as installation:
        await tell_sandbox(installation.parts)
        await phone.says((await phone.people())["Rohini Kulkarni"])
        await phone.ask("POST", f"/{await phone.number()}/reset", {})
        assert set(await phone.people()) == STANDING | names(DemoName.DAIRY)
        await installation.remove()
        assert await settle(installation)
        await phone.ask("POST", f"/{await phone.number()}/reset", {})
        await tell_sandbox(installation.parts)
        assert set(await phone.people()) == STANDING


async def test_a_silent_emulator_is_no_failure(installing: Installing) -> None:
    async with installing(demo="dairy", sandbox_port=1) as installation:
        assert await settle(installation) is False
