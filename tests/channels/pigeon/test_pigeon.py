"""Pigeon passes the suite that every adapter passes."""

from samvad_pigeon import HEADER, PigeonAdapter

from samvad.channels.testing import BODY, AdapterConformance, Answer, Asked, Example
from samvad.channels.types import Identity, IdentityKind, RawRequest

HELLO = b'{"to":"+15550100001","messages":[{"id":"p1","from":"+15550100002","text":"Coo","at":1780000000}]}'


def pigeon(asked: Asked) -> Answer:
    """Pigeon's way of saying yes."""
    return Answer(201, b'{"id":"p2"}') if asked.path == "/v1/messages" else Answer(200, b'{"name":"A shop"}')


class TestPigeon(AdapterConformance):
    example = Example(
        adapter=PigeonAdapter,
        values={"number": "+15550100001", "api_key": "key-of-a-loft", "signing_secret": "ring-of-a-pigeon"},
        calls={"a message": RawRequest({}, HELLO)},
        proven=frozenset({BODY, HEADER}),
        to=(Identity(IdentityKind.PHONE, "+15550100002"),),
        accepts=pigeon,
    )
