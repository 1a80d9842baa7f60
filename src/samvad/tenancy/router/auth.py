"""Signing in and out, and who one is."""

from typing import Annotated

from fastapi import Depends, Request, Response

from samvad.platform.db import ReadScope, Scope
from samvad.tenancy.deps import Admitted, Now, admits, part, reads, room_router, writes
from samvad.tenancy.schemas import LinkLogin, Login, Me, MemberOut, PasswordChange, TenantOut, Token
from samvad.tenancy.service import caller_of, get_tenant
from samvad.tenancy.service.sign_in import SignIn, Visitor, sign_out
from samvad.tenancy.types import Installation, Permission

router = room_router("auth")
Signing = Annotated[SignIn, Depends(part(SignIn))]


def _visitor(request: Request) -> Visitor:
    address = request.client.host if request.client else "unknown"
    return Visitor(address, request.headers.get("user-agent", ""))


From = Annotated[Visitor, Depends(_visitor)]


@router.post("/auth/login", summary="Sign in by e-mail and password")
async def login(body: Login, sign_in: Signing, visitor: From, response: Response) -> Token:
    response.headers["Cache-Control"] = "no-store"
    return Token(access_token=await sign_in.with_password(body.email, body.password, visitor=visitor))


@router.post("/auth/link", summary="Sign in by a one-time link")
async def login_by_link(body: LinkLogin, sign_in: Signing, visitor: From, response: Response) -> Token:
    response.headers["Cache-Control"] = "no-store"
    return Token(access_token=await sign_in.with_link(body.token, visitor=visitor))


@router.post("/auth/logout", status_code=204, summary="End this session")
async def logout(scope: Annotated[Scope, writes(Permission.SELF)], now: Now) -> None:
    await sign_out(scope, caller_of(scope), now=now)


@router.post("/auth/password", status_code=204, summary="Set one's password; ends one's other sessions")
async def change_password(
    body: PasswordChange,
    call: Annotated[Admitted, admits(Permission.SELF)],
    sign_in: Signing,
    response: Response,
) -> None:
    response.headers["Cache-Control"] = "no-store"  # nor is a hash of passwords kept for a replay
    await sign_in.change_password(
        call.tenant, call.caller, current=body.current_password, new=body.new_password
    )


@router.get("/me", summary="Who is calling, for which tenant, with which permissions")
async def me(
    scope: Annotated[ReadScope, reads(Permission.SELF)],
    installation: Annotated[Installation, Depends(part(Installation))],
) -> Me:
    caller = caller_of(scope)
    return Me(
        member=MemberOut.of(caller.session.member) if caller.session else None,
        tenant=TenantOut.of(await get_tenant(scope)),
        role=caller.role,
        permissions=sorted(caller.permissions),
        public=installation.public,
        models=installation.models,
    )
