"""Structured logs with one correlation id from webhook to provider call; secrets and people masked."""

import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

import orjson
import structlog

from samvad.platform.settings import LogSettings

_SECRET_KEYS = re.compile(r"token|secret|password|authorization|cookie|api_key", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"(?<![\w.-])\+?\d{7,15}(?![\w.-])")
_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def _mask(_: object, __: str, event: MutableMapping[str, object]) -> MutableMapping[str, object]:
    """Secrets by key, phone numbers by shape: a log line names ids, never people."""
    for key, value in event.items():
        if _SECRET_KEYS.search(key):
            event[key] = "***"
        elif isinstance(value, str) and key not in ("timestamp", "level"):
            event[key] = _LONG_NUMBER.sub(lambda m: f"***{m[0][-2:]}", value)
    return event


def _json(_: object, __: str, event: MutableMapping[str, object]) -> str:
    return orjson.dumps(event, default=str).decode()


def configure(settings: LogSettings) -> None:
    """Our loggers and the standard library's, to standard error."""
    human = settings.format == "text"
    renderer: structlog.types.Processor = structlog.dev.ConsoleRenderer(colors=False) if human else _json
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _mask,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[settings.level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=max(_LEVELS[settings.level], logging.WARNING), stream=sys.stderr, format="%(name)s %(message)s"
    )


def get_logger(room: str) -> structlog.typing.FilteringBoundLogger:
    """The logger of a room; use events as names: `log.info("delivery.stored", items=3)`."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(room=room)
    return logger


@contextmanager
def correlated(correlation: str) -> Iterator[None]:
    """Every log line inside carries this correlation id."""
    with structlog.contextvars.bound_contextvars(correlation=correlation):
        yield
