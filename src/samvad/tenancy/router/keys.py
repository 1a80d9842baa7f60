"""API keys. A key is shown once, in the answer that made it."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from samvad.platform.db import ReadScope, Scope
from samvad.tenancy.deps import PAGE, Cursor, Limit, Now, reads, room_router, writes
from samvad.tenancy.schemas import ApiKeyIn, ApiKeyMade, ApiKeyOut, Listed
from samvad.tenancy.service import api_keys, caller_of
from samvad.tenancy.service.api_keys import NewApiKey
from samvad.tenancy.types import Permission

router = room_router("api keys", prefix="/api-keys")
Read = Annotated[ReadScope, reads(Permission.API_KEYS_READ)]
Write = Annotated[Scope, writes(Permission.API_KEYS_WRITE)]


@router.get("", summary="Keys, without their secrets")
async def list_api_keys(scope: Read, cursor: Cursor = None, limit: Limit = PAGE) -> Listed[ApiKeyOut]:
    page = await api_keys.list_api_keys(scope, cursor=cursor, limit=limit)
    return Listed(items=[ApiKeyOut.of(key) for key in page.items], next_cursor=page.next_cursor)


@router.post("", status_code=201, summary="Make a key; it is shown once")
async def create_api_key(scope: Write, body: ApiKeyIn, response: Response, now: Now) -> ApiKeyMade:
    new = NewApiKey(body.name, body.scopes, body.expires_at)
    key, secret = await api_keys.create_api_key(scope, new, now=now, by=caller_of(scope))
    response.headers["Cache-Control"] = "no-store"
    return ApiKeyMade(api_key=ApiKeyOut.of(key), key=secret)


@router.delete("/{key_id}", status_code=204, summary="Revoke a key at once")
async def revoke_api_key(scope: Write, key_id: UUID, now: Now) -> None:
    await api_keys.revoke_api_key(scope, key_id, now=now)
