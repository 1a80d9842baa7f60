"""The Graph API's resumable uploads: an app's session for one file, then its bytes, known by a handle."""

import base64
import hashlib
import hmac
import json

from starlette.requests import Request
from starlette.responses import Response

from samvad.sandbox.door import answer, query_integer, read_body
from samvad.sandbox.errors import GraphRefused, refusal, unknown_object
from samvad.sandbox.graph import authorised
from samvad.sandbox.graph_objects import APP_ID
from samvad.sandbox.jsonio import Fields
from samvad.sandbox.repository.media import Media
from samvad.sandbox.world import Unit, World

_TYPES = ("image/jpeg", "image/jpg", "image/png", "video/mp4", "application/pdf")
_LARGEST = 100 << 20
_LIFE_MS = 30 * 24 * 3600 * 1000


class ExamplesDoor:
    """A session keeps nothing here: its id says what it is for, and is signed."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def begin(self, request: Request) -> Response:
        authorised(self._world, request)
        app = request.path_params["object_id"]
        if app != APP_ID:
            raise GraphRefused(unknown_object(app))
        asked = Fields(dict(request.query_params))
        kind = asked.text("file_type", limit=100)
        if kind not in _TYPES:
            raise GraphRefused(refusal(100, f"file_type must be one of {', '.join(_TYPES)}"))
        length = query_integer(request, "file_length", default=0, low=1, high=_LARGEST)
        facts = json.dumps([length, kind, asked.optional_text("file_name", limit=500)]).encode()
        session = base64.urlsafe_b64encode(facts).decode()
        return answer({"id": f"upload:{session}?sig={self._signed(session)}"})

    async def fill(self, request: Request) -> Response:
        """With `Authorization: OAuth`, unlike all the rest."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        numbers = [n for n in self._world.numbers.all() if hmac.compare_digest(n.access_token, token.strip())]
        session = request.path_params["session"]
        if scheme != "OAuth" or not numbers:
            raise GraphRefused(refusal(190, "Invalid OAuth access token."))
        if not hmac.compare_digest(self._signed(session), request.query_params.get("sig", "")):
            raise GraphRefused(unknown_object(f"upload:{session}"))
        length, kind, name = json.loads(base64.urlsafe_b64decode(session))
        data = await read_body(request, cap=_LARGEST)
        if request.headers.get("file_offset") != "0" or len(data) != length:
            raise GraphRefused(refusal(100, f"{len(data)} bytes came, {length} were announced"))
        id_ = f"4:{base64.urlsafe_b64encode(hashlib.sha256(session.encode() + data).digest()).decode()}"

        def work(unit: Unit) -> None:
            if unit.world.media.find(id_) is None:
                digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
                media = Media(id_, unit.id, kind, name, digest, data, unit.now_ms + _LIFE_MS)
                unit.world.media.add(unit.db, media)

        await self._world.work(numbers[0], work)
        return answer({"h": id_})

    def _signed(self, session: str) -> str:
        return hmac.new(str(self._world.seed).encode(), session.encode(), hashlib.sha256).hexdigest()
