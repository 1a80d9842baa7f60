"""`samvad chat --scenario`: files played against the running installation, told line by line."""

from collections.abc import Callable, Sequence
from pathlib import Path

import orjson
import typer

from samvad.cli.output import Row
from samvad.kernel.errors import Invalid
from samvad.workflows.scenarios import ready
from samvad.workflows.scenarios.house import Emulator, House
from samvad.workflows.scenarios.reading import parse
from samvad.workflows.scenarios.running import Run
from samvad.workflows.scenarios.types import MOST_BYTES, BadScenario, Scenario, Told

Show = Callable[[Scenario, Told], None]
UNREADABLE = 2  # exit status


def read_all(names: Sequence[str]) -> list[Scenario]:
    """Files, or the names of scenarios that come with Samvad. What is wrong in any is printed by line."""
    read, wrong = list[Scenario](), False
    for name in names:
        try:
            read.append(parse(_source(name)))
        except BadScenario as bad:
            wrong = True
            for problem in bad.errors:
                typer.echo(f"{name}:{problem.field.removeprefix('line ')}: {problem.detail}", err=True)
    if wrong:
        raise typer.Exit(UNREADABLE)
    return read


def _source(name: str) -> str:
    """Raises BadScenario."""
    if name in ready.names():
        return ready.source(name)
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1).decode()
    except OSError as failure:
        shipped = ", ".join(ready.names())
        raise BadScenario([(1, f"{failure.strerror or failure}; with Samvad come {shipped}")]) from failure
    except UnicodeDecodeError as failure:
        raise BadScenario([(1, "this is no text in UTF-8")]) from failure


def business_of(scenarios: Sequence[Scenario]) -> str:
    """The one demo that they are written for. Raises Invalid."""
    wanted = sorted({one.business for one in scenarios if one.business})
    if len(wanted) > 1:
        raise Invalid(f"These scenarios are for different demo businesses: {', '.join(wanted)}")
    return wanted[0] if wanted else "none"


async def play_all(
    scenarios: Sequence[Scenario], emulator: Emulator, house: House, show: Show, *, keep: bool
) -> bool:
    """One after the other; whether all passed. Raises SamvadError."""
    outcomes = []
    for scenario in scenarios:

        def tell(told: Told, of: Scenario = scenario) -> None:
            show(of, told)

        outcomes.append(await Run(scenario, emulator, house, tell, keep=keep).play())
    return set(outcomes) <= {"passed"}


def as_json(scenario: Scenario, told: Told) -> None:
    typer.echo(orjson.dumps({"scenario": scenario.name, **told.as_json()}).decode())


def as_text(scenario: Scenario, told: Told) -> None:
    facts = told.facts
    if told.event == "started":
        typer.echo(scenario.name)
    elif told.event == "message" and facts["author"] != "customer":
        cited = f"  [{', '.join(map(str, cites))}]" if (cites := _list(facts["citations"])) else ""
        typer.echo(f"      {str(facts['author']).capitalize()}: {facts['text'] or facts['kind']}{cited}")
    elif told.event == "step" and facts["state"] != "running":
        _step(scenario, facts)
    elif told.event == "ended":
        word = {"passed": "PASS"}.get(str(facts["outcome"]), "FAIL")
        typer.echo(f"{word}  {scenario.name} ({len(scenario.steps)} steps, {facts['seconds']} s)\n")


def _step(scenario: Scenario, facts: Row) -> None:
    number = int(str(facts["number"]))
    good = facts["state"] == "passed"
    typer.echo(f"{number:4} {'✓' if good else '✗'} {scenario.steps[number - 1].words}")
    if not good:
        typer.echo(f"       line {facts['line']}: {facts['why']}")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
