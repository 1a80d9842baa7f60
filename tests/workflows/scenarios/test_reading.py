"""Scenarios read: what is wrong is told with its line, and nothing is guessed."""

import re
from pathlib import Path

import pytest

from samvad.workflows.scenarios import ready
from samvad.workflows.scenarios.expectations import SEEN
from samvad.workflows.scenarios.faults import NAMES
from samvad.workflows.scenarios.phrases import VERBS
from samvad.workflows.scenarios.reading import parse
from samvad.workflows.scenarios.types import (
    MOST_BYTES,
    BadScenario,
    Customer,
    ExpectsReply,
    ExpectsState,
    Provider,
    Sends,
)

PAGE = Path(__file__).parents[3] / "docs" / "SCENARIOS.md"


def one(step: str) -> object:
    (found,) = parse(f"name: n\nsteps:\n  - {step}\n").steps
    return found.act


def wrong(source: str) -> list[str]:
    with pytest.raises(BadScenario) as bad:
        parse(source)
    return [f"{e.field}: {e.detail}" for e in bad.value.errors]


def test_a_scenario_is_read_as_it_stands() -> None:
    read = parse(
        "name: A talk\nbusiness: dairy\ncustomer: Asha\nsteps:\n"
        "  - customer says: no\n"
        "  - expect reply:\n      containing: [a, 1.50]\n      from: knowledge\n      within: 2 min\n"
        "  - expect state:\n      is: failed\n      code: 131026\n"
    )
    assert (read.name, read.business, read.customer) == ("A talk", "dairy", Customer("Asha"))
    assert [step.line for step in read.steps] == [5, 6, 10]
    assert [step.act for step in read.steps] == [
        Sends("text", {"body": "no"}),
        ExpectsReply(containing=["a", "1.50"], origin="knowledge", within=120),
        ExpectsState("failed", 131026),
    ]
    assert read.steps[1].words == "expect reply: containing a, 1.50, from knowledge, within 2 min"


@pytest.mark.parametrize("name", ready.names())
def test_what_comes_with_samvad_can_be_read(name: str) -> None:
    assert parse(ready.source(name)).steps


def test_a_clock_and_faults_are_calls_of_the_emulators_phone() -> None:
    assert one("clock forward: 25 hours") == Provider((("/clock", {"advance_seconds": 90_000}),))
    assert one("fault: phone off") == Provider((("/behaviour", {"statuses": {"until": "sent"}}),))
    rule = {"fault": "error", "count": 2, "code": 131049}
    assert one("fault: {name: one refusal, times: 2, code: 131049}") == Provider((("/rules", rule),))


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("costumer says: hello", "did you mean 'customer says'?"),
        ("customer says:", "needs something after the colon"),
        ("customer says: [a]", "is one text"),
        ("customer sends: picture", "known are: image"),
        ("customer sends: {kind: image, file name: a.png}", "'file name' is not known here"),
        ("customer sends: {kind: location, latitude: north}", "in degrees"),
        ("expect reply: {containing: a, contaning: b}", "did you mean 'containing'?"),
        ("expect reply: {matching: '('}", "no regular expression"),
        ("expect reply: {from: the moon}", "known are: rule"),
        ("expect reply: {within: soon}", "is a time such as"),
        ("expect reply: {within: 3 hours}", "at most 120 seconds"),
        ("expect state: lost", "known are: queued"),
        ("expect state: {is: failed, code: x}", "whole number"),
        ("clock forward: 40 days", "at most"),
        ("fault: one failure", "needs a code"),
        ("fault: {name: phone off, times: 3}", "neither times nor code"),
        ("customer reads: it", "stands alone"),
        ("customer says: hello\n    within: 3", "indent what belongs to it"),
        ("[a, b]", "a step is"),
        ("customer says: Yes: please", "needs quotes"),
        ("customer says: *all*", "needs quotes"),
        ("customer says: !yes now", "in quotes"),
        ("customer says: {a: {b: {c: {d: {e: {f: {g: 1}}}}}}}", "nested too deeply"),
        ("expect reply: {citing: a, citing: b}", "said twice"),
    ],
)
def test_a_mistake_is_told_with_its_line(step: str, says: str) -> None:
    (told,) = wrong(f"name: n\nsteps:\n  - customer says: hello\n  - {step}\n")
    assert says in told
    assert re.match(r"line [45]:", told)


def test_every_wrong_step_is_told_at_once() -> None:
    told = wrong("name: n\nsteps:\n  - costumer says: a\n  - customer reads\n  - wait: ever\n")
    assert [line.split(":")[0] for line in told] == ["line 3", "line 5"]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "the file is empty"),
        ("name: n\n", "'steps' is missing"),
        ("steps:\n  - customer reads\n", "'name' is missing"),
        ("name: n\nsteps: []\n", "'steps' is a list"),
        ("name: n\nauthor: me\nsteps:\n  - customer reads\n", "'author' is not known here"),
        ("name: n\nbusiness: bakery\nsteps:\n  - customer reads\n", "'business' is one of"),
        ("name: n\ncustomer: {phone: '12'}\nsteps:\n  - customer reads\n", "country code"),
        ("- a\n- b\n", "a scenario is written as"),
        ("name: n\nsteps:\n" + "  - customer reads\n" * 201, "at most 200 steps"),
        ("#" * (MOST_BYTES + 1), "at most 64 KB"),
        ("name: n\x00\nsteps:\n  - customer reads\n", "this is no text"),
        ("[" * 60_000, "nested too deeply"),
        ("a: &x [1]\nb: *x\n", "meaning of their own"),
        ("--- a\n--- b\n", "this is no YAML"),
    ],
)
def test_a_file_that_is_none_is_refused(source: str, says: str) -> None:
    assert says in wrong(source)[0]


def test_the_page_names_every_step_fault_and_kind() -> None:
    page = PAGE.read_text()
    missing = [name for name in (*VERBS, *NAMES, *SEEN, *ready.names()) if f"`{name}" not in page]
    assert not missing
