"""What a form with a file looks like on the wire, whatever the file is called."""

import pytest

from samvad.channels.adapters.multipart import encoded
from samvad.channels.types import OutgoingFile
from samvad.sandbox.multipart import parse_multipart

CONTENT = bytes(range(256)) * 20
EVIL = 'x\r\nX-Evil: 1\r\n\r\n".txt'


@pytest.mark.parametrize("name", ["cow.jpg", "दूध की सूची.pdf", 'a"b.png', EVIL])
def test_a_reader_finds_what_was_written(name: str) -> None:
    kind, body = encoded({"messaging_product": "whatsapp"}, "file", OutgoingFile(name, "image/png", CONTENT))
    parts = parse_multipart(kind, body)
    assert set(parts) == {"messaging_product", "file"}
    assert parts["messaging_product"].data == b"whatsapp"
    assert (parts["file"].data, parts["file"].mime_type) == (CONTENT, "image/png")
    assert parts["file"].filename == name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def test_each_body_has_a_boundary_of_its_own() -> None:
    file = OutgoingFile("a", "image/png", CONTENT)
    assert encoded({}, "file", file)[0] != encoded({}, "file", file)[0]
