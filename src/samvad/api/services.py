"""What the HTTP door needs from bootstrap."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter
from starlette.routing import BaseRoute

from samvad.api.clients import Network
from samvad.api.rooms import ROUTERS
from samvad.kernel.clock import Clock
from samvad.platform.db import Database
from samvad.tenancy.service import Gatekeeper
from samvad.tenancy.service.members import LinkAddress
from samvad.tenancy.service.sign_in import SignIn
from samvad.tenancy.types import Installation, PasswordHasher


@dataclass(frozen=True, slots=True)
class ApiServices:
    """`routers` go under /api/v1, `extra` (webhooks, sockets, health) to the root, as they are.

    `parts` are the services that routers ask for by type with `tenancy.deps.part(Kind)`.
    """

    database: Database
    clock: Clock
    hasher: PasswordHasher
    base_url: str
    installation: Installation = field(default_factory=Installation)
    web_dir: Path | None = None
    web_error: Path | None = None  # a text file that says why there is no web app
    routers: Sequence[APIRouter] = ROUTERS
    extra: Sequence[BaseRoute] = ()
    trusted_proxies: Collection[Network] = ()
    parts: Mapping[type, object] = field(default_factory=dict)

    def all_parts(self) -> dict[type, object]:
        return {
            Gatekeeper: Gatekeeper(self.database, self.clock),
            SignIn: SignIn(self.database, self.hasher, self.clock),
            LinkAddress: LinkAddress(self.base_url),
            Installation: self.installation,
            **self.parts,
        }
