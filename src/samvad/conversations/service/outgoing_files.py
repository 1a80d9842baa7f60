"""Files that our own people send: kept with the message, handed to the sender when it leaves."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from samvad.channels.errors import Rejected
from samvad.channels.service.own_files import FileFacts
from samvad.channels.types import OutgoingFile, TemplateChoice
from samvad.conversations.repository import files
from samvad.conversations.repository.files import Files
from samvad.conversations.service.fetching import PART
from samvad.conversations.service.file_links import FileLinks
from samvad.conversations.types.files import FileState
from samvad.kernel.ids import TenantId
from samvad.kernel.json import JsonObject
from samvad.platform.db import Database, Scope


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file with words under it. `mime_type` in lower case, without parameters; `fetchable`: a provider that
    fetches files can fetch it here."""

    name: str
    mime_type: str
    content: bytes
    caption: str = ""
    fetchable: bool = True
    template: TemplateChoice | None = None  # in whose header it stands, in place of words under it

    def facts(self) -> FileFacts:
        return FileFacts(self.name, self.mime_type, len(self.content), self.caption, self.fetchable)

    def media(self) -> JsonObject:
        """As the message tells it."""
        return {
            "mime_type": self.mime_type,
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "filename": self.name,
            "size": len(self.content),
            "state": FileState.STORED.value,
        }


async def keep(scope: Scope, message: UUID, content: bytes) -> None:
    for number, start in enumerate(range(0, len(content), PART)):
        await files.add_part(scope, message, number, content[start : start + PART])


class OutgoingFiles:
    """For the sender, which knows no timeline."""

    def __init__(self, database: Database, links: FileLinks) -> None:
        self._database = database
        self._links = links

    async def outgoing(self, tenant: TenantId, message: UUID) -> OutgoingFile | None:
        async with self._database.reading(tenant) as scope:
            found = await Files(scope).of(message)
            if found is None or found.state is not FileState.STORED:
                return None
            content = await Files(scope).whole(message)
        said = found.media
        return OutgoingFile(str(said.get("filename") or "file"), str(said.get("mime_type") or ""), content)

    async def link(self, tenant: TenantId, message: UUID) -> str | None:
        async with self._database.reading(tenant) as scope:
            found = await Files(scope).of(message)
        if found is None or found.state is not FileState.STORED:
            return None
        if not self._links.public:
            raise Rejected("the provider cannot fetch the file: SAMVAD_PUBLIC_URL is not set")
        return self._links.link(tenant, message)
