"""The failures that a caller can act on; `api` turns each into one HTTP answer."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: `field` is its path (`settings.limits.per_second`), `detail` what is wrong."""

    field: str
    detail: str


class SamvadError(Exception):
    """Base of every expected failure. `code` is stable and machine-readable."""

    code = "error"
    title = "Something is wrong"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title


class NotFound(SamvadError):
    """Not there, or not yours: the two are never told apart."""

    code = "not_found"
    title = "Not found"


class Conflict(SamvadError):
    code = "conflict"
    title = "That does not fit the present state"


class Forbidden(SamvadError):
    code = "forbidden"
    title = "Your role does not allow this"


class Unauthenticated(SamvadError):
    code = "unauthenticated"
    title = "Sign in first"


@dataclass
class Invalid(SamvadError):
    """A payload that cannot be used; names each field."""

    detail: str = "The request holds wrong values"
    errors: list[FieldError] = field(default_factory=list)
    code = "invalid"
    title = "The request holds wrong values"

    def __post_init__(self) -> None:
        Exception.__init__(self, self.detail)


class TooMany(SamvadError):
    """A rate limit; `retry_after` in whole seconds."""

    code = "too_many_requests"
    title = "Too many requests"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unavailable(SamvadError):
    """A part we need does not answer; trying again later may help."""

    code = "unavailable"
    title = "Not available at the moment"
