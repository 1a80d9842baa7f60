"""Example files for the review of templates: handed over by Meta's resumable upload, known by a handle.

developers.facebook.com/docs/graph-api/resumable-upload-api: a session of the app, then the bytes.
"""

import re
from urllib.parse import urlencode

from samvad.channels.adapters.meta.api import Graph
from samvad.channels.adapters.reading import ident, objekt
from samvad.channels.errors import Rejected, Transient
from samvad.channels.types import ChannelCredentials, FileRule, Kind, OutgoingFile

RULES = (
    FileRule(Kind.IMAGE, {"image/jpeg": "jpg", "image/png": "png"}, 5 << 20),
    FileRule(Kind.VIDEO, {"video/mp4": "mp4"}, 16 << 20),
    FileRule(Kind.DOCUMENT, {"application/pdf": "pdf"}, 100 << 20),
)
_SESSION = re.compile(r"upload:[A-Za-z0-9+/=_.:-]{1,1000}(\?sig=[A-Za-z0-9_-]{1,500})?")


async def handle(graph: Graph, via: ChannelCredentials, file: OutgoingFile) -> str:
    """Nothing comes of it but the handle: whatever goes wrong may be tried again. Raises SendError."""
    app = ident(objekt(await graph.token(via), "data"), "app_id")
    if app is None:
        raise Rejected("Meta does not say to which app the access token belongs")
    asked = {"file_name": file.name, "file_length": str(len(file.content)), "file_type": file.mime_type}
    session = ident(await graph.begin_upload(app, urlencode(asked), via=via), "id") or ""
    if not _SESSION.fullmatch(session):  # it becomes a part of an address
        raise Transient("the answer names no session for the upload")
    found = ident(await graph.fill_upload(session, file.content, via=via), "h")
    if found is None:
        raise Transient("the answer to the upload names no handle")
    return found
