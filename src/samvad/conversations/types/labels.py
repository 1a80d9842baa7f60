"""What labels are."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Colour(StrEnum):
    """A closed palette: each is a pair of tones that can be read in the light and in the dark."""

    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    RED = "red"
    ORANGE = "orange"
    TEAL = "teal"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Label:
    """One of a tenant's labels."""

    id: UUID
    name: str
    colour: Colour
