"""The demo businesses as they lie beside this module."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from samvad.assistant.types import Action, Match, RuleDetails
from samvad.channels.service.simulator import Person
from samvad.conversations.types.canned import CannedDetails
from samvad.kernel.language import Language
from samvad.tenancy.types import BusinessHours, TenantSettings
from samvad.workflows.demo.types import Business, DemoName, Document


@cache
def business(name: DemoName) -> Business:
    folder = files("samvad.workflows.demo") / "businesses" / name.value
    said = _read(folder / "business.toml")
    return Business(
        name=name,
        label=said["label"],
        ask=tuple(said["ask"]),
        settings=_settings(said),
        greeting={Language(code): words for code, words in said["greeting"].items()},
        people=tuple(Person(**person) for person in said["person"]),
        rules=tuple(_rule(rule) for rule in _read(folder / "rules.toml")["rule"]),
        canned=tuple(CannedDetails(**reply) for reply in said["canned"]),
        documents=tuple(_documents(folder / "knowledge")),
    )


def every() -> tuple[Business, ...]:
    return tuple(business(name) for name in DemoName)


def _read(path: Traversable) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _settings(said: dict[str, Any]) -> TenantSettings:
    return TenantSettings(
        name=said["name"],
        time_zone=said["time_zone"],
        country=said["country"],
        currency=said["currency"],
        language=Language(said["language"]),
        business_hours=BusinessHours.from_json(said["hours"]),
    )


def _rule(said: dict[str, Any]) -> RuleDetails:
    return RuleDetails(
        said["name"], Match.PHRASE, tuple(said["phrases"]), Action(said["action"]), texts=said["texts"]
    )


def _documents(folder: Traversable) -> list[Document]:
    found = sorted(folder.iterdir(), key=_reading_order)
    return [Document(path.name, path.read_bytes()) for path in found]


def _reading_order(path: Traversable) -> tuple[bool, str]:
    """Price lists are read first, for they are asked first."""
    return not path.name.endswith((".csv", ".xlsx")), path.name
