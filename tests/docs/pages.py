"""The documentation as tests see it: its pages, their links, commands, names, and the settings themselves."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import typer
from pydantic import BaseModel, SecretStr

from samvad.cli.main import build
from samvad.platform.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_COMMAND = re.compile(r"(?:^|[\s(/;&|])samvad((?: [a-z][a-z-]*)*)")
_NOT_IN_AN_ANCHOR = re.compile(r"[^\w\- ]")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def prose(text: str) -> str:
    return _FENCE.sub("", text)


def links(text: str) -> Iterator[str]:
    """Targets inside this repository, anchors included."""
    for target in _LINK.findall(prose(text)):
        if "://" not in target and not target.startswith("mailto:"):
            yield target


def anchors(text: str) -> set[str]:
    """As GitHub makes them from headings."""
    plain = (heading.replace("`", "").lower() for heading in _HEADING.findall(prose(text)))
    return {_NOT_IN_AN_ANCHOR.sub("", heading).replace(" ", "-") for heading in plain}


def code(text: str) -> Iterator[str]:
    """What stands in backticks, and each line of a fenced block."""
    for block in _FENCE.findall(text):
        yield from block.splitlines()[1:-1]
    yield from _CODE.findall(prose(text))


def samvad_commands(text: str) -> Iterator[tuple[str, ...]]:
    """The words after `samvad` in code, as far as they can name a command."""
    for line in code(text):
        for words in _COMMAND.findall(line):
            if words:
                yield tuple(words.split())


def command_tree() -> Mapping[str, object]:
    """`{"up": None, "tenant": {"create": None, ...}}`."""
    return _tree(typer.main.get_command(build()))


def _tree(command: click.Command) -> Mapping[str, object]:
    children = getattr(command, "commands", {})
    return {
        key: _tree(child) if getattr(child, "commands", None) else None for key, child in children.items()
    }


def settings() -> dict[str, str]:
    """Each variable with its default as one would write it; empty where there is none."""
    return dict(_fields(Settings, "SAMVAD_"))


def _fields(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str]]:
    for key, field in model.model_fields.items():
        variable = f"{prefix}{key.upper()}"
        if isinstance(field.default, BaseModel):
            yield from _fields(type(field.default), f"{variable}__")
        else:
            yield variable, _written(field.default)


def _written(default: object) -> str:
    if default is None or isinstance(default, SecretStr | frozenset):
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)
