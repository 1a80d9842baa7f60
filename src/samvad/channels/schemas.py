"""Request and answer bodies of channels."""

from typing import Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, field_validator

from samvad.channels.types import Channel

ID = r"^[A-Za-z0-9._-]{1,64}$"
OPTIONAL_ID = r"^[A-Za-z0-9._-]{0,64}$"
URL = r"^https?://[^\s/?#]+(:\d+)?(/[^\s?#]*)?$"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LimitsIn(Strict):
    per_second: float | None = Field(
        None, gt=0, le=1000, description="messages a second; null: the provider's"
    )


class SettingsIn(Strict):
    limits: LimitsIn = LimitsIn()  # type: ignore[call-arg]
    reply_quiet_ms: int = Field(1200, ge=0, le=60_000, description="silence after which a reply is due")
    reply_cap_ms: int = Field(6000, ge=0, le=300_000, description="at most this long after the first message")
    mark_read: Literal["reply", "open", "never"] = "reply"


class ChannelIn(Strict):
    """A number at Meta."""

    provider: Literal["meta"]
    name: str = Field(min_length=1, max_length=80)
    phone_number_id: str = Field(pattern=ID)
    waba_id: str = Field("", pattern=OPTIONAL_ID)
    access_token: SecretStr = Field(min_length=1, max_length=1000)
    app_secret: SecretStr = Field(min_length=1, max_length=200)
    verify_token: SecretStr | None = Field(None, min_length=1, max_length=200)
    display_phone_number: str = Field("", max_length=32)
    graph_version: str | None = Field(None, pattern=r"^v\d{1,3}\.\d{1,2}$")
    base_url: str | None = Field(None, max_length=300, pattern=URL)
    outlet_id: UUID | None = None
    settings: SettingsIn = SettingsIn()  # type: ignore[call-arg]

    @field_validator("base_url")
    @classmethod
    def _bare(cls, url: str | None) -> str | None:
        return url.rstrip("/") if url else url


class ChannelChangeIn(Strict):
    name: str | None = Field(None, min_length=1, max_length=80)
    waba_id: str | None = Field(None, pattern=OPTIONAL_ID)
    access_token: SecretStr | None = Field(None, min_length=1, max_length=1000)
    app_secret: SecretStr | None = Field(None, min_length=1, max_length=200)
    verify_token: SecretStr | None = Field(None, min_length=1, max_length=200)
    graph_version: str | None = Field(None, pattern=r"^v\d{1,3}\.\d{1,2}$")
    base_url: str | None = Field(None, max_length=300, pattern=URL)
    settings: SettingsIn | None = None


class LimitsOut(BaseModel):
    per_second: float | None


class SettingsOut(BaseModel):
    limits: LimitsOut
    reply_quiet_ms: int
    reply_cap_ms: int
    mark_read: str


class ChannelOut(BaseModel):
    """Secrets never come back."""

    id: UUID
    provider: Literal["meta", "sandbox"]
    name: str
    key: str
    webhook_url: str
    status: Literal["active", "stopped", "unclaimed"]
    status_reason: str
    phone_number_id: str
    waba_id: str
    display_phone_number: str
    base_url: str
    graph_version: str
    outlet_id: UUID | None
    settings: SettingsOut
    last_event_at: AwareDatetime | None
    created_at: AwareDatetime

    @classmethod
    def of(cls, channel: Channel, *, webhook_url: str) -> Self:
        settings = channel.settings
        return cls.model_validate(
            {
                "id": channel.id,
                "provider": channel.provider,
                "name": channel.name,
                "key": channel.key,
                "webhook_url": webhook_url,
                "status": channel.status.value,
                "status_reason": channel.status_reason,
                "phone_number_id": channel.address,
                "waba_id": channel.account,
                "display_phone_number": channel.display_address,
                "base_url": channel.base_url,
                "graph_version": channel.graph_version,
                "outlet_id": channel.outlet,
                "settings": {
                    "limits": {"per_second": settings.per_second},
                    "reply_quiet_ms": settings.reply_quiet_ms,
                    "reply_cap_ms": settings.reply_cap_ms,
                    "mark_read": settings.mark_read,
                },
                "last_event_at": channel.last_event_at,
                "created_at": channel.created_at,
            }
        )


class NewChannelOut(ChannelOut):
    verify_token: str = Field(description="shown once: enter it with the webhook URL at the provider")


class ChannelPage(BaseModel):
    items: list[ChannelOut]
    next_cursor: str | None


class StepOut(BaseModel):
    name: str
    ok: bool
    detail: str


class TestOut(BaseModel):
    ok: bool
    steps: list[StepOut]


class NumberOut(BaseModel):
    channel_id: UUID
    phone_number_id: str
    name: str
    display_phone_number: str
    token: str


class SandboxOut(BaseModel):
    """The phone page of the sandbox: `base` is proxied to the emulator, `token` opens the first number."""

    base: str
    channel_id: UUID | None
    token: str | None
    expires_at: AwareDatetime | None
    numbers: list[NumberOut]
