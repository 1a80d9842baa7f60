"""What a scenario is made of, and what is told while it runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.json import JsonObject

MOST_BYTES = 65_536
MOST_STEPS = 200
MOST_TEXT = 4096  # of a message, as WhatsApp allows
MOST_SECONDS = 120.0  # that one step may wait
WITHIN = 20.0  # seconds that an expectation waits unless it says otherwise

Outcome: TypeAlias = Literal["passed", "failed", "stopped"]


class BadScenario(Invalid):
    """What is wrong in a file, each with its line."""

    code = "bad_scenario"

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        errors = [FieldError(f"line {line}", detail) for line, detail in sorted(problems)]
        super().__init__("The scenario cannot be read", errors)


@dataclass(frozen=True, slots=True)
class Customer:
    """Who writes. Without a number of their own they are somebody new each time."""

    name: str = "Asha"
    phone: str | None = None
    with_phone: bool = True


@dataclass(frozen=True, slots=True)
class Sends:
    """A message of the customer, as the emulator's phone takes it."""

    kind: str
    content: JsonObject = field(default_factory=dict)
    referral: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class Presses:
    """A button, or a row of a list; `alone`: nothing says under which message."""

    title: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Reacts:
    """To what the business wrote last; without an emoji the reaction is taken back."""

    emoji: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What the customer wrote last gets other words; None: it is deleted."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Moves:
    """The customer has another phone number; None: an invented one."""

    phone: str | None


@dataclass(frozen=True, slots=True)
class Reads:
    """The customer opens the chat: blue ticks."""


@dataclass(frozen=True, slots=True)
class Offers:
    """The customer wants no marketing any more, or wants it again."""

    stop: bool


@dataclass(frozen=True, slots=True)
class Blocks:
    """The customer blocks the business, or does no more."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class With:
    """Somebody else's phone: a new person, or one of this scenario by their name."""

    name: str


@dataclass(frozen=True, slots=True)
class Provider:
    """Something that the emulator is told, as the calls of its phone page in their order."""

    calls: Sequence[tuple[str, JsonObject]]


@dataclass(frozen=True, slots=True)
class Advances:
    """So much later for everybody: the provider's clock, and how long ago this number's customers wrote."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Waits:
    seconds: float


@dataclass(frozen=True, slots=True)
class TeamWrites:
    """A person of the team: words, or a template with its values. `refused`: Samvad must not let them."""

    text: str = ""
    template: str = ""
    language: str = "en"
    values: Mapping[str, str] = field(default_factory=dict)
    refused: bool = False


@dataclass(frozen=True, slots=True)
class TeamTakes:
    """The team takes the conversation over, or gives it back to the assistant."""

    over: bool


@dataclass(frozen=True, slots=True)
class ExpectsReply:
    """Something of the business that reaches the phone. `origin`: rule, knowledge, person."""

    containing: Sequence[str] = ()
    lacking: Sequence[str] = ()
    matching: str = ""
    origin: str = ""
    citing: str = ""
    within: float = WITHIN


@dataclass(frozen=True, slots=True)
class ExpectsNothing:
    """No message of the business reaches the phone for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ExpectsPerson:
    """The conversation waits for a person; `because` is part of the reason."""

    because: str = ""
    within: float = WITHIN


@dataclass(frozen=True, slots=True)
class ExpectsState:
    """How far the newest message of the business got. `code`: the provider's, of a failure."""

    state: str
    code: int | None = None
    within: float = WITHIN


@dataclass(frozen=True, slots=True)
class ExpectsSight:
    """The team sees something of the customer: of this kind, with these words in it."""

    kind: str = ""
    containing: str = ""
    within: float = WITHIN


@dataclass(frozen=True, slots=True)
class ExpectsFact:
    """`opted_out`, `human`: something that is so of the conversation, or is not."""

    name: str
    wanted: bool
    within: float = WITHIN


Expectation: TypeAlias = (
    ExpectsReply | ExpectsNothing | ExpectsPerson | ExpectsState | ExpectsSight | ExpectsFact
)
Act: TypeAlias = (
    Sends | Presses | Reacts | Changes | Moves | Reads | Offers | Blocks | With | Provider | Advances | Waits
    | TeamWrites | TeamTakes | Expectation
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """`words` is the step on one line, as it is shown."""

    line: int
    words: str
    act: Act


@dataclass(frozen=True, slots=True)
class Scenario:
    """`business`: the demo that it speaks with; empty: any."""

    name: str
    about: str
    business: str
    customer: Customer
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a run: `started`, `customer`, `step`, `message` or `ended`, with what belongs to it."""

    event: str
    facts: JsonObject

    def as_json(self) -> JsonObject:
        return {"event": self.event, **self.facts}
