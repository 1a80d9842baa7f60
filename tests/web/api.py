"""The API of the running product, for what a page needs first and for what it did."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import aiohttp


class LiveApi:
    """The owner's calls."""

    def __init__(self, session: aiohttp.ClientSession, token: str) -> None:
        self._session, self.token = session, token

    async def call(self, method: str, path: str, body: object = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self._session.request(method, f"/api/v1{path}", json=body, headers=headers) as answer:
            said = await answer.text()
            assert answer.ok, f"{method} {path}: {answer.status} {said}"
            return json.loads(said) if said else None

    async def answer(self, path: str, token: str) -> int:
        """The status that somebody else's token gets."""
        headers = {"Authorization": f"Bearer {token}"}
        async with self._session.get(f"/api/v1{path}", headers=headers) as answer:
            return answer.status

    async def somebody(self, role: str) -> str:
        """The token of a new member of this role, let in by their invitation."""
        body = {"email": f"{role}-{uuid4().hex[:8]}@example.test", "name": f"{role} Example", "role": role}
        invited = await self.call("POST", "/members", body)
        link = invited["link"]["url"].partition("#token=")[2]
        return str((await self.call("POST", "/auth/link", {"token": link}))["access_token"])


@asynccontextmanager
async def api_of(url: str, email: str, password: str) -> AsyncIterator[LiveApi]:
    async with aiohttp.ClientSession(url) as session:
        login = {"email": email, "password": password}
        async with session.post("/api/v1/auth/login", json=login) as answer:
            token = (await answer.json())["access_token"]
        yield LiveApi(session, token)
