"""Requests made from our own OpenAPI: none is a 5xx, and most of the valid ones are accepted."""

import json
import os
import warnings
from collections import Counter
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core import NotSet

from samvad.tenancy.types import Role
from tests.api.client import Answer, Client
from tests.api.conftest import Stage
from tests.api.described import described

SCHEMA = schemathesis.openapi.from_dict(described())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
ENDING = {"/api/v1/auth/logout", "/api/v1/auth/password"}  # after these the session is another
CASES = int(os.environ.get("SAMVAD_FUZZ_CASES", "4"))  # of each kind, for each operation


def cases(operation: schemathesis.APIOperation, mode: GenerationMode, *, most: int = CASES) -> list[Case]:
    """The same ones each time."""
    found: list[Case] = []

    @settings(max_examples=most, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode))
    def collect(case: Case) -> None:
        found.append(case)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        collect()
    return found


async def send(client: Client, case: Case, ids: dict[str, object]) -> Answer:
    path = case.operation.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace(f"{{{name}}}", quote(str(ids.get(name, value)), safe=""))
    if case.query:
        path += "?" + urlencode(case.query, doseq=True, errors="replace")
    if isinstance(case.body, NotSet):
        return await client.call(case.method, path)
    body = case.body if isinstance(case.body, bytes) else json.dumps(case.body).encode()
    return await client.call(case.method, path, body=body)


async def _owner(stage: Stage) -> Client:
    """From another address than the stage signs in from: wrong log-ins lock theirs."""
    return replace(await stage.as_(stage.house, Role.OWNER), address="192.0.2.99")


async def answers(
    stage: Stage, mode: GenerationMode, operation: schemathesis.APIOperation, *, real: bool
) -> Counter[int]:
    client = await _owner(stage)
    counted: Counter[int] = Counter()
    ids = dict(await stage.plant()) if real else {}
    for case in cases(operation, mode):
        if real and operation.method == "delete":
            ids = dict(await stage.plant())
        if operation.path in ENDING:
            client = await _owner(stage)
        answer = await send(client, case, ids)
        assert answer.status < 500, (case.method, case.path, case.query, case.body, answer.body)
        counted[answer.status] += 1
    return counted


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
async def test_invalid_requests_are_refused_not_fatal(
    stage: Stage, operation: schemathesis.APIOperation
) -> None:
    await answers(stage, GenerationMode.NEGATIVE, operation, real=False)


async def test_half_of_the_valid_requests_are_accepted(stage: Stage) -> None:
    total: Counter[str] = Counter()
    for operation in OPERATIONS:
        counted = await answers(stage, GenerationMode.POSITIVE, operation, real=True)
        total["accepted"] += sum(times for status, times in counted.items() if status < 400)
        total["all"] += counted.total()
    assert total["accepted"] >= total["all"] / 2, total
