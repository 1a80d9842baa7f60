"""Files of ours at Green API: one call, to a host of its own, hands over message and file.

Its pages SendFileByUpload and Using GREEN-API hosts.
"""

import mimetypes
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from samvad.channels.adapters import multipart
from samvad.channels.adapters.by_link import NAME
from samvad.channels.adapters.file_types import ANY, FILMS, PICTURES, SOUND
from samvad.channels.adapters.green_api import payloads
from samvad.channels.errors import Rejected
from samvad.channels.types import FileRule, Kind, Outbound, OutgoingFile

METHOD = "sendFileByUpload"
SECONDS = 120.0  # for a whole upload
_MOST = 100 << 20

RULES = (
    FileRule(Kind.IMAGE, PICTURES, _MOST),
    FileRule(Kind.VIDEO, FILMS, _MOST),
    FileRule(Kind.AUDIO, SOUND, _MOST),
    FileRule(Kind.DOCUMENT, ANY, _MOST),
)
_ENDINGS = {name: ending for rule in RULES for name, ending in rule.types.items()}


def form(message: Outbound, file: OutgoingFile) -> tuple[str, str, bytes]:
    """The chat, the type of the whole body, and the body. Raises Rejected or RecipientUnreachable."""
    if message.kind not in {rule.kind for rule in RULES}:
        raise Rejected(f"a message of kind {message.kind.value} has no file")
    _, body = payloads.message(message)
    fields = {name: str(value) for name, value in body.items() if name != "urlFile"}
    fields["fileName"] = file_name(file)
    return fields["chatId"], *multipart.encoded(fields, "file", file)


def file_name(file: OutgoingFile) -> str:
    """Its ending tells Green as what the file is sent, whatever its type says."""
    known = _ENDINGS.get(file.mime_type)
    fits = mimetypes.guess_type(file.name)[0] == file.mime_type if known else PurePosixPath(file.name).suffix
    return file.name if fits else file.name[: NAME - 8] + (known or ".bin")


def host(base_url: str) -> str:
    """Uploads go to `media` where other calls go to `api`; a host of another name takes both."""
    base = base_url.rstrip("/")
    parts = urlsplit(base)
    labels = parts.netloc.split(".")
    if "api" not in labels[:-2]:
        return base
    labels[labels.index("api")] = "media"
    return parts._replace(netloc=".".join(labels)).geturl()
