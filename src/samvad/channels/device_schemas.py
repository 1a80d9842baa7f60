"""Request and answer bodies of linked devices."""

from typing import Self

from pydantic import BaseModel, Field

from samvad.channels.schemas import Strict
from samvad.channels.types import Health

MOST_NUMBERS = 100


class GatewayOut(BaseModel):
    ok: bool
    version: str = Field(description="of the gateway's program; empty: it did not say")
    milliseconds: int = Field(description="that its answer took")
    detail: str = Field(description="what is wrong")

    @classmethod
    def of(cls, health: Health) -> Self:
        return cls(
            ok=health.ok, version=health.version, milliseconds=health.milliseconds, detail=health.detail
        )


class NumbersIn(Strict):
    phones: list[str] = Field(min_length=1, max_length=MOST_NUMBERS, description="as people write them")


class CheckedOut(BaseModel):
    phone: str = Field(description="as it was asked")
    number: str | None = Field(description="E.164; null: it is no phone number")
    exists: bool = Field(description="whether it can be written to")


class NumbersOut(BaseModel):
    items: list[CheckedOut]
