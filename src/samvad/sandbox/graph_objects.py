"""The Graph API's objects: numbers, accounts with their subscription, media, tokens."""

import base64
import hashlib
import sqlite3
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from samvad.sandbox.behaviour import Rating
from samvad.sandbox.door import answer, read_body
from samvad.sandbox.errors import GraphRefused, Refusal, refusal, unknown_object
from samvad.sandbox.graph import authorised
from samvad.sandbox.handshake import Handshake
from samvad.sandbox.ids import media_id
from samvad.sandbox.jsonio import Fields, JsonObject, parse_strict
from samvad.sandbox.multipart import Part, parse_multipart
from samvad.sandbox.policy import class_of, unfit, word
from samvad.sandbox.repository.media import Media
from samvad.sandbox.types import Number
from samvad.sandbox.world import Unit, World

APP_ID = "900000000000001"
_SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"]
_UPLOAD_LIFE_MS = 30 * 24 * 3600 * 1000


class ObjectsDoor:
    def __init__(self, world: World, handshake: Handshake) -> None:
        self._world, self._handshake = world, handshake

    async def get_object(self, request: Request) -> Response:
        """A number, an account or a medium: whatever has that id."""
        opened = authorised(self._world, request)
        id_ = request.path_params["object_id"]
        number = next((n for n in opened if n.phone_number_id == id_), None)
        if number is not None:
            return answer(_picked(_number_object(number), request.query_params.get("fields", "")))
        if any(n.waba_id == id_ for n in opened):
            account = {"id": id_, "name": "Sandbox account", "currency": "USD", "timezone_id": "1"}
            return answer(_picked(account, request.query_params.get("fields", "")))
        media = self._world.media.find(id_)
        if media is None or all(n.phone_number_id != media.phone_number_id for n in opened):
            raise GraphRefused(unknown_object(id_))
        return answer(self._media_object(media, request))

    def _media_object(self, media: Media, request: Request) -> JsonObject:
        number = self._world.numbers.find(media.phone_number_id)
        gone = number is None or media.expires_ms <= self._world.now_ms(number)
        if number is None or gone or number.behaviour.policy.media_expired:
            raise GraphRefused(unknown_object(media.id))
        return {
            "messaging_product": "whatsapp",
            "url": f"{request.url.scheme}://{request.url.netloc}/media/{media.id}",
            "mime_type": media.mime_type,
            "sha256": base64.b64decode(media.sha256).hex(),
            "file_size": len(media.data),
            "id": media.id,
        }

    async def download(self, request: Request) -> Response:
        """The bytes, with the same bearer token."""
        opened = authorised(self._world, request)
        media = self._world.media.find(request.path_params["media_id"])
        if media is None or all(n.phone_number_id != media.phone_number_id for n in opened):
            return Response(status_code=404)
        return Response(media.data, media_type=media.mime_type)

    async def upload(self, request: Request) -> Response:
        number = self._opened_number(request)
        parts = parse_multipart(request.headers.get("content-type", ""), await read_body(request))
        if "file" not in parts or parts.get("messaging_product", parts["file"]).data != b"whatsapp":
            raise GraphRefused(refusal(100, "needs messaging_product and file"))
        given = parts.get("type")
        mime_type = given.data.decode("latin-1") if given else parts["file"].mime_type
        problem = unfit(class_of(mime_type), mime_type, len(parts["file"].data))
        if problem:
            raise GraphRefused(refusal(131053, problem))
        media = await self._world.work(number, lambda unit: _store(unit, parts["file"], mime_type=mime_type))
        return answer({"id": media.id})

    def _opened_number(self, request: Request) -> Number:
        id_ = request.path_params["object_id"]
        for number in authorised(self._world, request):
            if number.phone_number_id == id_:
                return number
        raise GraphRefused(unknown_object(id_))

    def _opened_account(self, request: Request) -> list[Number]:
        waba_id = request.path_params["object_id"]
        numbers = [n for n in authorised(self._world, request) if n.waba_id == waba_id]
        if not numbers:
            raise GraphRefused(unknown_object(waba_id))
        return numbers

    async def phone_numbers(self, request: Request) -> Response:
        return answer({"data": [_number_object(n) for n in self._opened_account(request)]})

    async def register(self, request: Request) -> Response:
        self._opened_number(request)
        return answer({"success": True})

    async def subscriptions(self, request: Request) -> Response:
        numbers = self._opened_account(request)
        app: JsonObject = {"whatsapp_business_api_data": {"id": APP_ID, "name": "Sandbox app", "link": ""}}
        return answer({"data": [app] if any(n.subscribed for n in numbers) else []})

    async def subscribe(self, request: Request) -> Response:
        """Optionally under another URL, which must pass the handshake first."""
        numbers = self._opened_account(request)
        body = await read_body(request)
        fields = parse_strict(body) if body.strip().startswith(b"{") else Fields(dict(request.query_params))
        url = fields.optional_text("override_callback_uri", limit=2048)
        token = fields.optional_text("verify_token", limit=512)
        if url is not None:
            problem = await self._handshake.shake(url, verify_token=token or "")
            if problem is not None:
                raise GraphRefused(Refusal(2200, "Callback verification failed", 400, problem))
        await self._save(numbers, subscribed=True, url=url, token=token)
        return answer({"success": True})

    async def unsubscribe(self, request: Request) -> Response:
        await self._save(self._opened_account(request), subscribed=False, url=None, token=None)
        return answer({"success": True})

    async def _save(
        self, numbers: list[Number], *, subscribed: bool, url: str | None, token: str | None
    ) -> None:
        def work(db: sqlite3.Connection) -> None:
            for number in numbers:
                changed = replace(
                    number,
                    subscribed=subscribed,
                    verified=number.verified or url is not None,
                    webhook_url=url or number.webhook_url,
                    verify_token=token or number.verify_token,
                )
                self._world.numbers.save(db, changed)

        await self._world.ledger.write(work)

    async def debug_token(self, request: Request) -> Response:
        authorised(self._world, request)
        asked = request.query_params.get("input_token", "")
        targets = [n.waba_id for n in self._world.numbers.all() if n.access_token == asked]
        valid = bool(targets)
        granular = [{"scope": scope, "target_ids": sorted(set(targets))} for scope in _SCOPES]
        return answer(
            {
                "data": {
                    "app_id": APP_ID,
                    "type": "SYSTEM_USER",
                    "application": "Sandbox app",
                    "is_valid": valid,
                    "expires_at": 0,
                    "scopes": _SCOPES if valid else [],
                    "granular_scopes": granular if valid else [],
                }
            }
        )


def _store(unit: Unit, file: Part, *, mime_type: str) -> Media:
    media = Media(
        id=media_id(unit.world.seed, unit.id, unit.next_sequence()),
        phone_number_id=unit.id,
        mime_type=mime_type,
        filename=file.filename,
        sha256=base64.b64encode(hashlib.sha256(file.data).digest()).decode(),
        data=file.data,
        expires_ms=unit.now_ms + _UPLOAD_LIFE_MS,
    )
    unit.world.media.add(unit.db, media)
    return media


def _number_object(number: Number) -> JsonObject:
    policy = number.behaviour.policy
    return {
        "id": number.phone_number_id,
        "display_phone_number": number.display_phone_number,
        "verified_name": f"Sandbox {number.tenant}",
        "quality_rating": policy.quality.value,
        "code_verification_status": "VERIFIED",
        "name_status": "APPROVED",
        "platform_type": "CLOUD_API",
        "status": "FLAGGED" if policy.quality is Rating.RED else "CONNECTED",
        "messaging_limit_tier": word(policy.tier),
        "whatsapp_business_manager_messaging_limit": word(policy.tier),
        "throughput": {"level": "STANDARD"},
        "webhook_configuration": {"application": number.webhook_url},
    }


def _picked(whole: JsonObject, fields: str) -> JsonObject:
    """Only the asked fields, and the id, as Graph does; unknown ones are left out."""
    names = {name.partition("{")[0].strip() for name in fields.split(",") if name.strip()} | {"id"}
    return {k: v for k, v in whole.items() if k in names} if fields else whole
