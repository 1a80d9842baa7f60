"""The verification of a webhook URL: GET with a challenge that must come back bare."""

import logging
from dataclasses import dataclass
from urllib.parse import urlencode

from samvad.sandbox.ids import digest
from samvad.sandbox.wire_client import HttpClient
from samvad.sandbox.world import World

log = logging.getLogger("samvad.sandbox")
_HEADERS = {"user-agent": "facebookplatform/1.0"}


@dataclass(frozen=True, slots=True)
class Handshake:
    """`timeout` in seconds."""

    world: World
    client: HttpClient
    timeout: float

    async def shake(self, url: str, *, verify_token: str) -> str | None:
        """None when the other side proved that it knows the verify token; else why not, in a sentence."""
        drawn = digest(self.world.seed, "challenge", self.world.wall_us())[:4]
        challenge = str(int.from_bytes(drawn))
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        joined = f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"
        try:
            response = await self.client.request(
                "GET", joined, headers=_HEADERS, body=b"", timeout=self.timeout
            )
        except Exception as failure:
            # The caller gets the reason as the answer to its own request.
            log.info("handshake failed: %r", failure)
            return f"the webhook URL does not answer: {type(failure).__name__}"
        if response.status != 200:
            return f"the webhook URL answered {response.status} to the challenge"
        return None if response.body == challenge.encode() else "the webhook URL did not echo the challenge"
