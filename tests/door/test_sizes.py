"""How much the door takes: 3 MB of messages, never more than 4 MiB, and nothing that is not JSON."""

import asyncio
import json

import pytest

from samvad.channels.service.door import MAX_BODY
from samvad.kernel.ids import new_id
from tests.door.stage import Shop, Stage, zipped
from tests.support import meta


async def test_three_megabytes_of_messages(shop: Shop) -> None:
    """As much as Meta sends: 1,000 messages."""
    texts = [f"{number} " + "नमस्ते " * 160 for number in range(1000)]
    items = [meta.message(t, sender="919999900001", id=f"wamid.{new_id().hex}") for t in texts]
    body = shop.body(*items)
    body = json.dumps(json.loads(body), ensure_ascii=False).encode()
    assert 3_000_000 < len(body) < MAX_BODY
    said = await shop.knock(body)
    while said.status == 503:  # a slow machine: as the provider does, again
        said = await shop.knock(body)
    assert said.status == 200
    stored = {item["external_id"]: item["text"] for item in await shop.items()}
    assert stored == {item["id"]: item["text"]["body"] for item in items}


async def test_a_body_of_the_limit_is_taken(shop: Shop) -> None:
    small = shop.saying("hello")
    body = small + b" " * (MAX_BODY - len(small))
    assert (await shop.knock(body)).status == 200
    assert (await shop.deliveries())[0]["body"] == body


@pytest.mark.parametrize("own", [True, False])
async def test_one_byte_more_is_413(shop: Shop, own: bool) -> None:
    before = await shop.stage.counts()
    small = shop.saying("hello")
    said = await shop.knock(small + b" " * (MAX_BODY + 1 - len(small)), own=own)
    assert said.status == 413
    assert await shop.stage.counts() == before


@pytest.mark.parametrize("chunked", [True, False])
async def test_the_rest_of_a_body_that_is_too_large_is_not_waited_for(door: Stage, chunked: bool) -> None:
    """The answer comes although most of the announced body never does."""
    host, port = door.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {100 * MAX_BODY}"
    writer.write(f"POST /webhooks/meta HTTP/1.1\r\nHost: x\r\n{length}\r\n\r\n".encode())
    piece = b"x" * 65_536
    for _ in range(MAX_BODY // len(piece) + 1):
        writer.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
    await writer.drain()
    assert (await asyncio.wait_for(reader.readline(), 30)).startswith(b"HTTP/1.1 413 ")
    writer.close()


@pytest.mark.parametrize("header", [{"content-encoding": "gzip"}, {}])
async def test_a_compressed_body_is_not_unpacked(shop: Shop, header: dict[str, str]) -> None:
    """Meta sends none. Signed at a channel's own door it is kept as it came; a bomb stays small."""
    body = zipped(b" " * 50_000_000 + shop.saying("hello"))
    assert (await shop.knock(body, headers=header)).status == 403
    assert (await shop.knock(body, own=True, headers=header)).status == 200
    (kept,) = await shop.deliveries()
    assert (kept["verdict"], kept["body"]) == ("unparsable", body)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
async def test_a_body_cut_mid_way(shop: Shop, share: float) -> None:
    whole = shop.saying("hello")
    cut = whole[: int(len(whole) * share)]
    assert (await shop.knock(cut)).status == 403
    assert (await shop.knock(cut, own=True)).status == 200
    (kept,) = await shop.deliveries()
    assert (kept["verdict"], kept["body"], kept["items"]) == ("unparsable", cut, 0)


async def test_a_client_that_hangs_up_mid_way_leaves_nothing(shop: Shop) -> None:
    before = await shop.stage.counts()
    body = shop.saying("hello")
    host, port = shop.stage.url.removeprefix("http://").split(":")
    signature = meta.signed(body, shop.secret).headers["x-hub-signature-256"]
    _, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /webhooks/meta HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"{head}X-Hub-Signature-256: {signature}\r\n\r\n".encode() + body[:-20])
    await writer.drain()
    writer.close()
    assert (await shop.knock(body)).status == 200  # the provider's next attempt
    after = await shop.stage.counts()
    assert after["inbound_items"] == before["inbound_items"] + 1


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"1", b'"text"', b"{}", b"not json", b"\xff\xfe", b"\x00", b'{"object":1}',
        b'{"object":"whatsapp_business_account"}', b'{"object":"page","entry":[]}',
        b"[" * 200_000, b'{"a":' * 100_000, b'{"object":"whatsapp_business_account","entry":{}}',
    ],
    ids=lambda body: body[:40].decode("latin-1"),
)  # fmt: skip
async def test_what_is_no_webhook_is_kept_when_it_is_signed(shop: Shop, body: bytes) -> None:
    assert (await shop.knock(body)).status == 403
    assert (await shop.knock(body, own=True)).status == 200
    assert await shop.verdicts() == ["unparsable"]
    assert (await shop.deliveries())[0]["body"] == body
