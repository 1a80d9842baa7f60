"""What Twilio sends, each with its expectation beside it: a form, after `?query` where the URL had one."""

from pathlib import Path

import pytest

from samvad.channels.adapters.twilio import envelope
from samvad.channels.errors import MalformedBody
from samvad.channels.types import RawRequest
from tests.channels.adapters import golden

CASES = golden.cases("twilio")
FORM = "application/x-www-form-urlencoded; charset=utf-8"


def request(case: Path) -> RawRequest:
    body = case.read_bytes().rstrip(b"\n")
    if case.suffix == ".json":
        return RawRequest({"content-type": "application/json"}, body)
    query = b""
    if body.startswith(b"?"):
        query, _, body = body[1:].partition(b"\n")
    return RawRequest({"content-type": FORM}, body, query.decode())


def test_the_table_is_large() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_payload(case: Path) -> None:
    golden.check(case, envelope.parse(request(case)))


@pytest.mark.parametrize(
    "body",
    [b"", b"&&&", b"&".join(b"a%d=1" % at for at in range(1001))],
    ids=["empty", "nothing", "too many"],
)
def test_what_is_no_form(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        envelope.parse(RawRequest({"content-type": FORM}, body))


@pytest.mark.parametrize("body", [b"{", b"\xff", b""])
def test_what_is_no_json(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        envelope.parse(RawRequest({"content-type": "application/json"}, body))
