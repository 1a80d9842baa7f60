"""Request and answer bodies of channels; those that connect a number are made of the adapters' forms."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
)

from samvad.channels.types import (
    Channel,
    FormField,
    Pairing,
    PairingState,
    Quality,
    TemplateChoice,
    shown,
)


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
    """What every provider's number has; its own fields stand beside these."""

    provider: str
    name: str = Field(min_length=1, max_length=80)
    outlet_id: UUID | None = None
    settings: SettingsIn = SettingsIn()  # type: ignore[call-arg]

    def values(self) -> dict[str, str]:
        """The provider's own fields that were given."""
        return _values(self, ChannelIn.model_fields.keys())


class ChannelChangeIn(Strict):
    """What is left out stays as it is."""

    name: str | None = Field(None, min_length=1, max_length=80)
    settings: SettingsIn | None = None

    def values(self) -> dict[str, str]:
        """The provider's own fields that were given."""
        return _values(self, ChannelChangeIn.model_fields.keys())


def _values(body: BaseModel, common: Any) -> dict[str, str]:
    found = {name: getattr(body, name) for name in body.model_fields_set if name not in common}
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in found.items()
        if value is not None
    }


class WindowTemplateIn(Strict):
    """Values may hold `{{contact.name}}`, `{{contact.phone}}` and `{{reply}}`, the automatic words."""

    template: TemplateChoice | None


class LimitsOut(BaseModel):
    per_second: float | None


class SettingsOut(BaseModel):
    limits: LimitsOut
    reply_quiet_ms: int
    reply_cap_ms: int
    mark_read: str


class AccountLimitOut(BaseModel):
    daily: int
    used: int


class StandingOut(BaseModel):
    """What the provider said of the number, in its own words but for `quality`; empty: it did not say."""

    quality: Quality
    throughput: str
    name: str
    name_status: str
    state: str
    asked_at: AwareDatetime


class ChannelOut(BaseModel):
    """Secrets never come back."""

    id: UUID
    provider: str
    name: str
    key: str
    webhook_url: str
    status: Literal["active", "stopped", "unclaimed"]
    status_reason: str
    display_address: str = Field(description="the number or name as people write it")
    fields: dict[str, str] = Field(description="what was filled in, by the provider's own names")
    outlet_id: UUID | None
    by_phone: bool = Field(description="somebody new can be written to by their number")
    settings: SettingsOut
    last_event_at: AwareDatetime | None
    account_limit: AccountLimitOut | None = Field(
        description="people whom its numbers may write to first in 24 hours; null: unknown or unlimited"
    )
    standing: StandingOut | None = Field(None, description="null: never asked, or it rates no numbers")
    window_template: TemplateChoice | None = Field(
        None, description="what automations send in a closed window; null: they are held"
    )
    created_at: AwareDatetime

    @classmethod
    def of(cls, channel: Channel, *, webhook_url: str, form: Sequence[FormField], by_phone: bool) -> Self:
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
                "display_address": channel.display_address,
                "fields": shown(form, channel.connection()),
                "outlet_id": channel.outlet,
                "by_phone": by_phone,
                "settings": {
                    "limits": {"per_second": settings.per_second},
                    "reply_quiet_ms": settings.reply_quiet_ms,
                    "reply_cap_ms": settings.reply_cap_ms,
                    "mark_read": settings.mark_read,
                },
                "last_event_at": channel.last_event_at,
                "account_limit": channel.limit and {"daily": channel.limit.daily, "used": channel.limit.used},
                "standing": channel.standing and asdict(channel.standing) | {"asked_at": channel.standing_at},
                "window_template": channel.window_template,
                "created_at": channel.created_at,
            }
        )


class NewChannelOut(ChannelOut):
    made: dict[str, str] = Field(description="shown once: enter these with the webhook URL at the provider")


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


class PairingOut(BaseModel):
    """`code`: show `image`, a `data:` URL of a PNG, ask again after `seconds`; `later` and
    `blocked`: `detail` says why, and of a linked phone what holds it back. `code` is what may be typed on the
    phone in place of scanning, where the provider gives one."""

    state: PairingState
    image: str | None
    seconds: int
    detail: str
    code: str

    @classmethod
    def of(cls, pairing: Pairing) -> Self:
        image = b64encode(pairing.image).decode()
        return cls(
            state=pairing.state,
            image=f"data:image/png;base64,{image}" if image else None,
            seconds=pairing.seconds,
            detail=pairing.detail,
            code=pairing.code,
        )


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
