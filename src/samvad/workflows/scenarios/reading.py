"""A scenario from its text; everything that is wrong is told at once, with its line."""

from samvad.workflows.scenarios.phrases import VERBS
from samvad.workflows.scenarios.tree import (
    Items,
    Node,
    Pairs,
    Problem,
    Reader,
    Text,
    line_of,
    read,
    text,
    unknown,
)
from samvad.workflows.scenarios.types import MOST_STEPS, BadScenario, Customer, Scenario, Step
from samvad.workflows.scenarios.values import needed

_HEAD = ("name", "about", "business", "customer", "steps")
_BUSINESSES = ("dairy", "property", "vending")
_PERSON = ("name", "phone")


def parse(source: str) -> Scenario:
    """Raises BadScenario."""
    try:
        head = Reader(read(source), "a scenario")
        name = text(needed(head, "name"), "name", most=120)
        about = head.text("about", "", most=1000)
        business = _business(head.take("business"))
        customer = _customer(head.take("customer"))
        steps = needed(head, "steps")
        head.done(_HEAD)
    except Problem as problem:
        raise BadScenario([(problem.line, problem.detail)]) from problem
    return Scenario(" ".join(name.split()), about.strip(), business, customer, _steps(steps))


def _business(node: Node | None) -> str:
    if node is None:
        return ""
    name = text(node, "business")
    if name not in _BUSINESSES:
        raise Problem(node.line, f"'business' is one of {', '.join(_BUSINESSES)}")
    return name


def _customer(node: Node | None) -> Customer:
    """A name, or `name` and `phone`; `phone: none` is somebody who shows no number."""
    if node is None:
        return Customer()
    if isinstance(node, Text):
        return Customer(text(node, "customer", most=80))
    person = Reader(node, "'customer'")
    name, phone = person.text("name", Customer().name, most=80), person.text("phone", "", most=20)
    person.done(_PERSON)
    if phone in ("", "none"):
        return Customer(name, with_phone=phone == "")
    if not 8 <= sum(c.isdigit() for c in phone) <= 15:
        raise Problem(node.line, "'phone' is a number with its country code, or none")
    return Customer(name, phone)


def _steps(node: Node) -> list[Step]:
    if not isinstance(node, Items) or not node.values:
        raise BadScenario([(node.line, "'steps' is a list: each step on a line that begins with `- `")])
    if len(node.values) > MOST_STEPS:
        raise BadScenario([(node.line, f"a scenario has at most {MOST_STEPS} steps")])
    made, problems = list[Step](), list[tuple[int, str]]()
    for value in node.values:
        try:
            made.append(_step(value))
        except Problem as problem:
            problems.append((problem.line, problem.detail))
    if problems:
        raise BadScenario(problems)
    return made


def _step(node: Node) -> Step:
    name, value = _verb(node)
    verb = VERBS.get(name.value)
    if verb is None:
        raise Problem(name.line, unknown(name.value, list(VERBS)))
    try:
        act = verb(value)
    except Problem as problem:
        raise Problem(problem.line or name.line, problem.detail) from problem
    shown = line_of(value) if value else ""
    return Step(name.line, f"{name.value}: {shown}" if shown else name.value, act)


def _verb(node: Node) -> tuple[Text, Node | None]:
    if isinstance(node, Text):  # "- customer reads"
        return Text(node.line, " ".join(node.value.split())), None
    if not isinstance(node, Pairs):
        raise Problem(node.line, "a step is `what happens: with what`")
    if len(node.values) != 1:
        line = node.values[1][0].line if len(node.values) > 1 else node.line
        raise Problem(
            line, "a step says one thing: begin the next one with `- `, or indent what belongs to it"
        )
    name, value = node.values[0]
    empty = isinstance(value, Text) and not value.value.strip()
    return name, None if empty else value
