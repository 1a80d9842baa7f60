"""The YAML of a scenario as a tree that knows its lines: plain texts, lists and mappings, nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

import yaml

from samvad.workflows.scenarios.types import MOST_BYTES, BadScenario

_DEEPEST = 8


class Problem(Exception):
    """One thing wrong at one line."""

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(f"line {line}: {detail}")
        self.line, self.detail = line, detail


@dataclass(frozen=True, slots=True)
class Text:
    line: int
    value: str


@dataclass(frozen=True, slots=True)
class Items:
    line: int
    values: "Sequence[Node]"


@dataclass(frozen=True, slots=True)
class Pairs:
    line: int
    values: "Sequence[tuple[Text, Node]]"

    def __iter__(self) -> "Iterator[tuple[Text, Node]]":
        return iter(self.values)


Node: TypeAlias = Text | Items | Pairs


def read(source: str) -> Node:
    """Raises BadScenario. Every scalar stays the text that it is: `no` is a word, `1.50` keeps its zero."""
    if len(source.encode("utf-8", "replace")) > MOST_BYTES:
        raise BadScenario([(1, f"a scenario has at most {MOST_BYTES // 1024} KB")])
    try:
        composed = yaml.compose(source, Loader=_Loader)
        if composed is None:
            raise BadScenario([(1, "the file is empty")])
        return _node(composed)
    except Problem as problem:
        raise BadScenario([(problem.line, problem.detail)]) from problem
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        raise BadScenario([(mark.line + 1 if mark else 1, _said(failure.problem or ""))]) from failure
    except yaml.YAMLError as failure:
        raise BadScenario([(1, f"this is no text: {failure}".splitlines()[0])]) from failure


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # it has no types
    """Without anchors, tags and depth, by which a small file becomes a large one."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        event = self.peek_event()
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Problem(line, "& and * have a meaning of their own in YAML: put the text in quotes")
        if getattr(event, "tag", None):
            raise Problem(line, "! has a meaning of its own in YAML: put the text in quotes")
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Problem(line, "this is nested too deeply")
        composed = super().compose_node(parent, index)
        self.depth -= 1
        return composed


def _said(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return 'a text with a colon and a space in it needs quotes: "Yes: please"'
    if "cannot start any token" in problem or "expected alphabetic" in problem:
        return "a text that begins with such a sign needs quotes"
    return f"this is no YAML: {problem}"


def _node(node: yaml.Node) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Pairs(line, [(_name(key), _node(value)) for key, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return Items(line, [_node(value) for value in node.value])
    return Text(line, str(node.value))


def _name(key: yaml.Node) -> Text:
    found = _node(key)
    if not isinstance(found, Text):
        raise Problem(found.line, "a name was expected before the colon")
    return found


class Reader:
    """A mapping that is read name by name; what is left over at the end is a mistake."""

    def __init__(self, node: Node, what: str) -> None:
        if not isinstance(node, Pairs):
            raise Problem(node.line, f"{what} is written as `name: value` lines")
        self.line = node.line
        self._left: dict[str, tuple[int, Node]] = {}
        for name, value in node:
            if name.value in self._left:
                raise Problem(name.line, f"{name.value!r} is said twice")
            self._left[name.value] = (name.line, value)

    def take(self, name: str) -> Node | None:
        return self._left.pop(name, (0, None))[1]

    def text(self, name: str, default: str | None = None, *, most: int = 200) -> str:
        node = self.take(name)
        if node is None:
            if default is None:
                raise Problem(self.line, f"{name!r} is missing")
            return default
        return text(node, name, most=most)

    def done(self, known: Sequence[str]) -> None:
        for name, (line, _) in self._left.items():
            raise Problem(line, unknown(name, known))


def unknown(name: str, known: Sequence[str]) -> str:
    """What to say of a name that means nothing here."""
    near = get_close_matches(name.lower(), known, 1, 0.6)
    meant = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(known)}"
    return f"{name[:60]!r} is not known here; {meant}"


def text(node: Node, name: str, *, most: int = 200) -> str:
    if not isinstance(node, Text):
        raise Problem(node.line, f"{name!r} is one text")
    if not node.value.strip():
        raise Problem(node.line, f"{name!r} is empty")
    if len(node.value) > most:
        raise Problem(node.line, f"{name!r} has at most {most} characters")
    return node.value


def texts(node: Node, name: str) -> list[str]:
    """One text, or a list of them."""
    if isinstance(node, Items):
        return [text(value, name) for value in node.values]
    return [text(node, name)]


def line_of(node: Node) -> str:
    """A value on one line, for people."""
    if isinstance(node, Items):
        return ", ".join(line_of(value) for value in node.values)
    if isinstance(node, Pairs):
        return ", ".join(f"{name.value} {line_of(value)}" for name, value in node)
    return " ".join(node.value.split())
