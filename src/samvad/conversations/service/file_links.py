"""Addresses of files of ours for providers that fetch them: nobody guesses one, each ends by itself."""

import base64
import binascii
import hmac
import struct
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId
from samvad.platform.crypto import b64url, hmac_sha256

PATH = "/media/out/"
PURPOSE = "links of outgoing files"  # that the key is derived for
LIFE = timedelta(hours=10)  # as long as a message waits in a provider's queue at most (Twilio: 36,000 s)

_FACTS = struct.Struct(">16s16sQ")  # tenant, message, seconds since 1970 of its end
_LENGTH = 4 * (_FACTS.size + 32) // 3  # of a token, in characters


@dataclass(frozen=True, slots=True)
class FileLinks:
    """`key` signs them; `base_url` is where others reach us, None where nobody does."""

    key: str
    base_url: str | None
    clock: Clock

    @property
    def public(self) -> bool:
        return self.base_url is not None

    def link(self, tenant: TenantId, message: UUID) -> str:
        ends = int((self.clock.now() + LIFE).timestamp())
        facts = _FACTS.pack(tenant.bytes, message.bytes, ends)
        return f"{self.base_url}{PATH}{b64url(facts + hmac_sha256(self.key, facts))}"

    def opened(self, token: str) -> tuple[TenantId, UUID] | None:
        """Whose file, and of which message; None for whatever we did not sign, or what has ended."""
        if len(token) != _LENGTH or not token.isascii():
            return None
        try:
            raw = base64.b64decode(token, altchars=b"-_", validate=True)
        except binascii.Error:
            return None
        facts, proof = raw[: _FACTS.size], raw[_FACTS.size :]
        if not hmac.compare_digest(hmac_sha256(self.key, facts), proof):
            return None
        tenant, message, ends = _FACTS.unpack(facts)
        if self.clock.now().timestamp() >= ends:
            return None
        return TenantId(UUID(bytes=tenant)), UUID(bytes=message)
