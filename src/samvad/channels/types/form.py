"""What somebody fills in to connect a number, declared by the adapter that needs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

ACCEPTED = "yes"


class FieldRole(StrEnum):
    """What becomes of a value."""

    ADDRESS = "address"  # the provider's own name of the number
    ACCOUNT = "account"  # the account that it belongs to, which several numbers may share
    DISPLAY = "display"  # as people write the number
    BASE_URL = "base_url"  # where the provider's API is
    OPTION = "option"  # kept as it is
    SECRET = "secret"  # noqa: S105 - kept encrypted, never shown again


@dataclass(frozen=True, slots=True)
class FormField:
    """`pattern` is for the whole value, in words of Python and of browsers alike; `choices` are (value,
    words) in its place, the first one where nothing is given. `made`: by us when left out, and shown once,
    to be entered at the provider. `advanced`: right as it is for nearly everybody. `asked`: False for what
    the adapter itself fills in. `accepted`: a risk, in words of `help`, that somebody must take before a
    number is connected: its value is ACCEPTED, and nothing else."""

    name: str
    role: FieldRole
    label: str
    help: str = ""
    pattern: str = ""
    choices: Sequence[tuple[str, str]] = ()
    longest: int = 200
    required: bool = False
    made: bool = False
    fixed: bool = False  # cannot be changed later
    advanced: bool = False
    asked: bool = True
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """`find`: where the values of the form stand at the provider. `then`: what is left to do there once the
    number is stored, step by step; empty where the self-test does all of it."""

    find: str
    then: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Connection:
    """The values of a filled-in form, by what becomes of them."""

    address: str
    account: str
    display_address: str
    base_url: str
    options: Mapping[str, str]
    secrets: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, form: Sequence[FormField], values: Mapping[str, str]) -> "Connection":
        def one(role: FieldRole) -> str:
            return next((values.get(f.name, "") for f in form if f.role is role), "")

        def several(role: FieldRole) -> dict[str, str]:
            return {f.name: values[f.name] for f in form if f.role is role and values.get(f.name)}

        return cls(
            address=one(FieldRole.ADDRESS),
            account=one(FieldRole.ACCOUNT),
            display_address=one(FieldRole.DISPLAY),
            base_url=one(FieldRole.BASE_URL).rstrip("/"),
            options=several(FieldRole.OPTION),
            secrets=several(FieldRole.SECRET),
        )

    def values(self, form: Sequence[FormField]) -> dict[str, str]:
        """The way back: every value by its field's name, secrets included."""
        plain = {
            FieldRole.ADDRESS: self.address,
            FieldRole.ACCOUNT: self.account,
            FieldRole.DISPLAY: self.display_address,
            FieldRole.BASE_URL: self.base_url,
        }
        found = {f.name: plain[f.role] for f in form if f.role in plain}
        return found | dict(self.options) | dict(self.secrets)


def shown(form: Sequence[FormField], connection: Connection) -> dict[str, str]:
    """What may be read again: everything but the secrets."""
    secret = {f.name for f in form if f.role is FieldRole.SECRET}
    return {name: value for name, value in connection.values(form).items() if name not in secret}
