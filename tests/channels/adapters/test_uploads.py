"""Files of ours on the wire: which call, with which fields, under which name."""

from dataclasses import replace
from email.parser import BytesParser
from typing import Any
from uuid import UUID

import orjson
import pytest

from samvad.channels.adapters.green_api import uploads as green
from samvad.channels.adapters.telegram import uploads as telegram
from samvad.channels.adapters.telegram.adapter import TelegramAdapter
from samvad.channels.errors import Rejected
from samvad.channels.types import Identity, IdentityKind, JsonObject, Kind, Outbound, OutgoingFile

TO = (Identity(IdentityKind.TELEGRAM, "53"), Identity(IdentityKind.WA_ID, "919876543210"))


def outbound(kind: Kind, content: JsonObject | None = None, **more: Any) -> Outbound:
    return Outbound(UUID(int=7), TO, kind, content=content or {}, file=True, **more)


def file(name: str = "cow.jpg", mime_type: str = "image/jpeg") -> OutgoingFile:
    return OutgoingFile(name, mime_type, b"\xff\xd8bytes")


def parts(kind: str, body: bytes) -> dict[str, tuple[str | None, bytes]]:
    """By name: the file's name, if it is one, and what it holds."""
    form = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    found: dict[str, tuple[str | None, bytes]] = {}
    for part in form.get_payload():
        assert not isinstance(part, str)
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found[str(name)] = (part.get_filename(), content)
    return found


@pytest.mark.parametrize(
    ("kind", "sent", "method", "part"),
    [
        (Kind.IMAGE, file(), "sendPhoto", "photo"),
        (Kind.VIDEO, file("a.mp4", "video/mp4"), "sendVideo", "video"),
        (Kind.AUDIO, file("a.mp3", "audio/mpeg"), "sendAudio", "audio"),
        (Kind.AUDIO, file("a.ogg", "audio/ogg"), "sendVoice", "voice"),
        (Kind.DOCUMENT, file("a.zip", "application/zip"), "sendDocument", "document"),
    ],
)
def test_telegram_has_a_method_a_kind(kind: Kind, sent: OutgoingFile, method: str, part: str) -> None:
    form = telegram.form(outbound(kind), sent)
    assert form.method == method
    assert parts(form.kind, form.body) == {"chat_id": (None, b"53"), part: (sent.name, sent.content)}


def test_telegram_gets_words_and_quote_beside_the_file() -> None:
    form = telegram.form(outbound(Kind.IMAGE, {"caption": "our cow"}, reply_to="53:12"), file())
    found = parts(form.kind, form.body)
    assert found["caption"] == (None, b"our cow")
    quote = orjson.loads(found["reply_parameters"][1])
    assert quote == {"message_id": 12, "allow_sending_without_reply": True}


def test_telegram_takes_large_pictures_as_documents_and_any_type() -> None:
    def kind(mime_type: str, size: int) -> Kind | None:
        rules = TelegramAdapter.file_rules()
        return next((rule.kind for rule in rules if rule.takes(mime_type) and size <= rule.most), None)

    assert kind("image/jpeg", 10 << 20) is Kind.IMAGE
    assert kind("image/jpeg", (10 << 20) + 1) is Kind.DOCUMENT
    assert kind("", 50 << 20) is Kind.DOCUMENT
    assert kind("application/zip", (50 << 20) + 1) is None


def test_what_has_no_file_is_not_called() -> None:
    for wrong in (outbound(Kind.TEXT, text="x"), outbound(Kind.IMAGE, {"caption": "x" * 1025})):
        with pytest.raises(Rejected):
            telegram.form(wrong, file())
        with pytest.raises(Rejected):
            green.form(wrong, file())


def test_green_gets_chat_name_words_and_quote() -> None:
    message = outbound(Kind.DOCUMENT, {"caption": "prices", "filename": "दूध.pdf"})
    message = replace(message, reply_to="919876543210@c.us_BAE5")
    chat, kind, body = green.form(message, file("दूध.pdf", "application/pdf"))
    assert chat == "919876543210@c.us"
    found = parts(kind, body)
    assert {name: value.decode() for name, (_, value) in found.items() if name != "file"} == {
        "chatId": chat, "caption": "prices", "fileName": "दूध.pdf", "quotedMessageId": "BAE5",
    }  # fmt: skip
    assert found["file"][1] == b"\xff\xd8bytes"


@pytest.mark.parametrize(
    ("name", "mime_type", "sent"),
    [
        ("cow.JPEG", "image/jpeg", "cow.JPEG"),
        ("cow.pdf", "image/jpeg", "cow.pdf.jpg"),
        ("cow", "video/mp4", "cow.mp4"),
        ("data.xyz", "", "data.xyz"),
        ("data", "application/octet-stream", "data.bin"),
    ],
)
def test_green_goes_by_the_ending(name: str, mime_type: str, sent: str) -> None:
    assert green.file_name(file(name, mime_type)) == sent


@pytest.mark.parametrize(
    ("base", "host"),
    [
        ("https://api.green-api.com", "https://media.green-api.com"),
        ("https://7103.api.greenapi.com/", "https://7103.media.greenapi.com"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://green.example/api", "https://green.example/api"),
    ],
)
def test_green_takes_files_at_another_host(base: str, host: str) -> None:
    assert green.host(base) == host
