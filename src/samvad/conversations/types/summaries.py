"""What a person is told who is called to a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from samvad.kernel.json import JsonObject


@dataclass(frozen=True, slots=True)
class Summary:
    """What a person is told when called: the customer's own words, and why nobody else could answer them, as
    a word (`workflows.reply.escalation` has the list) with its values."""

    wants: str
    known: str
    values: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> JsonObject:
        return {"wants": self.wants, "known": self.known, "values": dict(self.values)}
