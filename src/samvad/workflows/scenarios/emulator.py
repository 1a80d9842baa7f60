"""The emulator's phone page with a pass of our own."""

from collections.abc import Mapping
from typing import Any

import orjson

from samvad.channels.service.simulator import Simulator
from samvad.kernel.errors import SamvadError, Unavailable
from samvad.platform.http import HttpError


class PassHolder:
    def __init__(self, simulator: Simulator, token: str) -> None:
        self._simulator, self._token = simulator, token

    async def ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        """Raises SamvadError, Unavailable when the emulator does not answer."""
        address, _, query = path.removeprefix("/").partition("?")
        try:
            status, _, answer = await self._simulator.forward(
                method,
                address,
                query=query,
                token=f"Bearer {self._token}",
                body=b"" if body is None else orjson.dumps(body),
                content_type="application/json",
            )
        except HttpError as failure:
            raise Unavailable("The sandbox does not answer at the moment") from failure
        said = orjson.loads(answer or b"{}")
        if status >= 400:
            raise SamvadError(f"The phone refused: {said.get('detail') or said.get('title') or status}")
        return said
