"""Files of ours at Meta: handed over first, then sent by the id that Meta gave them."""

from samvad.channels.adapters import multipart
from samvad.channels.adapters.file_types import FILMS, PAPERS, PICTURES, SOUND
from samvad.channels.adapters.meta import payloads
from samvad.channels.adapters.meta.api import Graph
from samvad.channels.adapters.reading import ident
from samvad.channels.errors import OutcomeUnknown, Transient
from samvad.channels.types import ChannelCredentials, FileRule, Kind, Outbound, OutgoingFile, SendReceipt

# developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
RULES = (
    FileRule(Kind.IMAGE, PICTURES, 5 << 20),
    FileRule(Kind.VIDEO, FILMS, 16 << 20),
    FileRule(Kind.AUDIO, SOUND, 16 << 20),
    FileRule(Kind.DOCUMENT, PAPERS, 100 << 20),
)


async def send(
    graph: Graph, message: Outbound, file: OutgoingFile, *, via: ChannelCredentials
) -> SendReceipt:
    """Nothing is sent while the file is handed over: whatever goes wrong there may be tried again."""
    payloads.message(message)  # what Meta would refuse of it costs no upload
    fields = {"messaging_product": "whatsapp", "type": file.mime_type}
    kind, body = multipart.encoded(fields, "file", file)
    try:
        answer = await graph.upload(kind, body, via=via)
    except OutcomeUnknown as failure:
        raise Transient(failure.detail) from failure
    media = ident(answer, "id")
    if media is None:
        raise Transient("the answer to the upload names no id")
    return await graph.send(message, via=via, media=media)
