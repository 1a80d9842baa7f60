"""By what a person is known: addresses on a transport, several of which may be one person."""

from dataclasses import dataclass
from enum import StrEnum


class IdentityKind(StrEnum):
    PHONE = "phone"  # E.164
    WA_ID = "wa_id"  # digits as WhatsApp writes them; may differ from the phone (BR, MX, AR)
    BSUID = "bsuid"  # business-scoped user id, valid within one portfolio
    USERNAME = "username"


@dataclass(frozen=True, slots=True)
class Identity:
    kind: IdentityKind
    value: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, as far as the provider says. `lane` is the identity that orders their messages."""

    identities: tuple[Identity, ...]
    name: str | None = None

    @property
    def lane(self) -> str:
        """BSUID, else wa_id, else what stood in `from`: one lane a person and channel."""
        order = (IdentityKind.BSUID, IdentityKind.WA_ID, IdentityKind.PHONE)
        found = {i.kind: i.value for i in self.identities}
        return next((found[kind] for kind in order if kind in found), "")
