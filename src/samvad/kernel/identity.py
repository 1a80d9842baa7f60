"""By what a person is known: addresses on a transport, several of which may be one person."""

from dataclasses import dataclass
from enum import StrEnum


class IdentityKind(StrEnum):
    PHONE = "phone"  # E.164
    WA_ID = "wa_id"  # digits as WhatsApp writes them; may differ from the phone (BR, MX, AR)
    BSUID = "bsuid"  # business-scoped user id, valid within one portfolio
    LID = "lid"  # WhatsApp's hidden number of a person, as linked devices see it
    TELEGRAM = "telegram"  # Telegram's number of a person, the same for every bot
    VISITOR = "visitor"  # whoever sits at a web page, known by what the page keeps
    USERNAME = "username"  # can change hands, so it proves nothing


# Those that say who somebody is, the strongest first.
PROVING = (
    IdentityKind.BSUID, IdentityKind.WA_ID, IdentityKind.PHONE, IdentityKind.LID, IdentityKind.TELEGRAM,
    IdentityKind.VISITOR,
)  # fmt: skip


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
        found = {i.kind: i.value for i in self.identities}
        return next((found[kind] for kind in PROVING if kind in found), "")
