"""The bodies that connect and change numbers, for the providers that are installed here."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from samvad.channels import provider_schemas, schemas
from samvad.channels.adapters.registry import installed
from samvad.channels.types import SANDBOX

OFFERED = [kind for name, kind in installed().items() if name != SANDBOX]  # every tenant has a simulator

if TYPE_CHECKING:
    AnyChannelIn = schemas.ChannelIn
    AnyChannelChangeIn = schemas.ChannelChangeIn
else:
    _forms = tuple(provider_schemas.connecting(kind) for kind in OFFERED)
    AnyChannelIn = (
        Annotated[reduce(or_, _forms), Field(discriminator="provider")] if _forms[1:] else _forms[0]
    )
    AnyChannelChangeIn = provider_schemas.changing(OFFERED)
