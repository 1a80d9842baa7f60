"""Everything an operator can set, from the environment (prefix SAMVAD_), `*_FILE` secrets and `.env`."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

MIN_SECRET = 32
MOST_UPLOAD_MEGABYTES = 200  # the door takes no larger body, whatever is set


class HttpSettings(BaseModel):
    """Outgoing HTTP. Private and loopback targets are refused unless listed as `host:port`."""

    allow_hosts: Annotated[frozenset[tuple[str, int]], NoDecode] = frozenset()

    @field_validator("allow_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return frozenset(_host_port(entry) for entry in value.split(",") if entry.strip())


def _host_port(entry: str) -> tuple[str, int]:
    parts = urlsplit(f"//{entry.strip()}")
    if not parts.hostname or not parts.port:
        raise ValueError(f"write it as host:port, not {entry.strip()!r}")
    return parts.hostname, parts.port


class WorkerSettings(BaseModel):
    """How much one worker process does at a time."""

    lanes: int = Field(64, ge=1, le=1000, description="inbound lanes claimed in one go")
    replies: int = Field(64, ge=1, le=1000, description="replies decided in one go")
    send_slots: int = Field(256, ge=1, le=1000, description="provider calls in flight")
    send_claim: int = Field(16, ge=1, le=64, description="outbound rows claimed in one go")
    poll_slots: int = Field(128, ge=1, le=1000, description="channels asked for news at a time")
    lease_seconds: float = Field(10, ge=1, le=300, description="until another worker may take over")
    send_timeout: float = Field(15, ge=1, le=120, description="seconds until a send's outcome is unknown")
    poll_seconds: float = Field(1, ge=0.01, le=60, description="look for work at least this often")
    port: int | None = Field(
        None, ge=0, le=65535, description="where `samvad worker` shows health and metrics; unset: nowhere"
    )


class MetaSettings(BaseModel):
    base_url: str = "https://graph.facebook.com"
    graph_version: str = "v23.0"


class SandboxSettings(BaseModel):
    enabled: bool = True
    host: str = "127.0.0.1"
    port: int = Field(0, ge=0, le=65535, description="0: kept in the data folder, first SAMVAD_PORT + 1")


class JournalSettings(BaseModel):
    keep_days: int = Field(30, ge=1, le=3650, description="until a webhook's raw body is deleted")


class FilesSettings(BaseModel):
    most_megabytes: int = Field(100, ge=1, le=2000, description="largest file of a message that is fetched")
    at_once: int = Field(4, ge=1, le=64, description="files that one worker process fetches at a time")
    keep_days: int = Field(0, ge=0, description="days until files of messages are removed; 0: they stay")


class KnowledgeSettings(BaseModel):
    most_megabytes: int = Field(50, ge=1, le=MOST_UPLOAD_MEGABYTES, description="largest file taken")


class ModelSettings(BaseModel):
    """A language model behind the chat-completions protocol. Without key and address none is asked."""

    key: SecretStr | None = None
    base_url: str | None = None
    name: str = "gpt-4o-mini"
    timeout: float = Field(15, ge=1, le=60, description="seconds until the answer without a model goes out")
    max_tokens: int = Field(300, ge=50, le=2000, description="most tokens of one answer")
    temperature: float = Field(0.2, ge=0, le=2, description="0: always the likeliest words")

    @property
    def configured(self) -> bool:
        return self.key is not None or self.base_url is not None


class LogSettings(BaseModel):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "text"] = "json"


class FileSecrets(PydanticBaseSettingsSource):
    """`SAMVAD_SECRET_KEY_FILE=/path`: the value is the content of that file, stripped."""

    def get_field_value(self, field: object, field_name: str) -> tuple[object, str, bool]:
        path = os.environ.get(f"SAMVAD_{field_name.upper()}_FILE")
        return (Path(path).read_text().strip() if path else None), field_name, False

    def __call__(self) -> dict[str, object]:
        found = {name: self.get_field_value(None, name)[0] for name in self.settings_cls.model_fields}
        return {name: value for name, value in found.items() if value is not None}


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="SAMVAD_", env_nested_delimiter="__", env_file=".env", extra="ignore"
    )

    host: str = "127.0.0.1"
    port: int = Field(8400, ge=0, le=65535)
    data_dir: Path = Path("data")
    database_url: SecretStr | None = None
    secret_key: SecretStr | None = None
    public_url: str | None = None
    admin_email: str | None = None
    admin_password: SecretStr | None = None
    demo: Literal["dairy", "property", "vending", "none"] = "none"
    meta_app_secret: SecretStr | None = None
    web_dir: Path | None = None
    backup_dir: Path | None = None
    backup_passphrase: SecretStr | None = None
    backup_every_hours: float = Field(24, ge=0, le=8760, description="between two of `samvad up`; 0: none")
    backup_keep: int = Field(14, ge=1, le=10_000, description="of these, the newest so many")
    trusted_proxies: Annotated[frozenset[IPv4Network | IPv6Network], NoDecode] = frozenset()
    http: HttpSettings = HttpSettings()
    worker: WorkerSettings = WorkerSettings()  # type: ignore[call-arg]
    meta: MetaSettings = MetaSettings()
    sandbox: SandboxSettings = SandboxSettings()  # type: ignore[call-arg]
    journal: JournalSettings = JournalSettings()  # type: ignore[call-arg]
    files: FilesSettings = FilesSettings()  # type: ignore[call-arg]
    knowledge: KnowledgeSettings = KnowledgeSettings()  # type: ignore[call-arg]
    model: ModelSettings = ModelSettings()  # type: ignore[call-arg]
    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, FileSecrets(settings_cls), env_settings, dotenv_settings

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return frozenset(ip_network(entry.strip()) for entry in value.split(",") if entry.strip())

    @model_validator(mode="before")
    @classmethod
    def _plain_names(cls, values: dict[str, object]) -> dict[str, object]:
        """Names without our prefix count too, as most hosts set them."""
        for field, name in (("database_url", "DATABASE_URL"), ("meta_app_secret", "META_APP_SECRET")):
            if not values.get(field) and os.environ.get(name):
                values[field] = os.environ[name]
        model = values.get("model") or {}
        if isinstance(model, dict):
            for field, name in (("key", "OPENAI_API_KEY"), ("base_url", "OPENAI_BASE_URL")):
                if not model.get(field) and os.environ.get(name):
                    model = {**model, field: os.environ[name]}
            values["model"] = model
        return {k: v for k, v in values.items() if v != ""}

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.database_url and not self.secret_key:
            raise ValueError("SAMVAD_SECRET_KEY is required with an external database")
        if self.secret_key and len(self.secret_key.get_secret_value()) < MIN_SECRET:
            raise ValueError(f"SAMVAD_SECRET_KEY needs at least {MIN_SECRET} characters")
        if bool(self.admin_email) != bool(self.admin_password):
            raise ValueError("SAMVAD_ADMIN_EMAIL and SAMVAD_ADMIN_PASSWORD go together")
        return self

    @property
    def backup_folder(self) -> Path:
        """Where backups are kept: beside what they are of, until told otherwise."""
        return (self.backup_dir or self.data_dir / "backups").absolute()

    @property
    def base_url(self) -> str:
        """Where people and providers reach us, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
