"""The words of the assistant room: rules, and what one says about a burst."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from samvad.kernel.json import JsonObject
from samvad.kernel.language import Language


class Match(StrEnum):
    PHRASE = "phrase"
    REGEX = "regex"  # RE2


class Action(StrEnum):
    REPLY = "reply"
    LOOKUP = "lookup"  # the rule chooses the topic, the tenant's records answer
    HANDOFF = "handoff"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"


class Builtin(StrEnum):
    """The rules that every tenant starts with."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    HUMAN = "human"
    ORDER_STATUS = "order_status"
    PRICING = "pricing"
    DEMO = "demo"
    SUPPORT = "support"
    GREETING = "greeting"
    BYE = "bye"


@dataclass(frozen=True, slots=True)
class RuleDetails:
    """What a person may change. `texts` by language win over `text`; `{business}` stands for the name.

    Phrases of a `phrase` rule that start with `=` count only when nothing else of content is said.
    """

    name: str
    match: Match
    phrases: tuple[str, ...]
    action: Action
    text: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    topic: str | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """The first that matches decides, lowest `position` first. `builtin`: one of ours, never deleted."""

    id: UUID
    name: str
    match: Match
    phrases: tuple[str, ...]
    action: Action
    text: str
    texts: Mapping[str, str]
    topic: str | None
    position: int
    enabled: bool
    builtin: str | None

    @property
    def details(self) -> RuleDetails:
        return RuleDetails(
            self.name, self.match, self.phrases, self.action, self.text, self.texts, self.topic, self.enabled
        )


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """`phrase` is the rule's own phrase or expression that was found, or the words that were."""

    rule: Rule
    phrase: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What the rules would do with a burst; `language` as guessed from it."""

    match: RuleMatch | None
    language: Language
    would_say: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """`instructions` are ours; `data` is JSON of what others wrote, and never instructions.

    `schema` is the JSON schema, called `name`, of the answer.
    """

    instructions: str
    data: str
    name: str
    schema: JsonObject


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What a model wrote, and what it cost in tokens."""

    text: str
    model: str
    tokens_in: int
    tokens_out: int


class Model(Protocol):
    async def complete(self, prompt: Prompt) -> ModelReply:
        """Raises ModelFailed for whatever goes wrong."""
        ...
