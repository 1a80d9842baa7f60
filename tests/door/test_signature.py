"""A signature is 71 characters over exactly the bytes that came; anything else is 403 and leaves nothing."""

import hashlib
import hmac

import pytest

from tests.door.stage import Shop


def sign(body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def spoilt(body: bytes, secret: str) -> dict[str, dict[str, str]]:
    right = sign(body, secret)
    return {
        "missing": {},
        "empty": {"X-Hub-Signature-256": ""},
        "70 characters": {"X-Hub-Signature-256": f"sha256={right[:-1]}"},
        "72 characters": {"X-Hub-Signature-256": f"sha256={right}0"},
        "no prefix": {"X-Hub-Signature-256": right},
        "upper-case hex": {"X-Hub-Signature-256": f"sha256={right.upper()}"},
        "upper-case prefix": {"X-Hub-Signature-256": f"SHA256={right}"},
        "wrong secret": {"X-Hub-Signature-256": f"sha256={sign(body, secret + 'x')}"},
        "sha1": {"X-Hub-Signature": f"sha1={hmac.new(secret.encode(), body, 'sha1').hexdigest()}"},
        "not ASCII": {"X-Hub-Signature-256": f"sha256={'é' * 64}"},
        "of an empty secret": {"X-Hub-Signature-256": f"sha256={sign(body, '')}"},
        "zeros": {"X-Hub-Signature-256": f"sha256={'0' * 64}"},
    }


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("kind", list(spoilt(b"", "")))
async def test_a_bad_signature_leaves_nothing(shop: Shop, kind: str, own: bool) -> None:
    body = shop.saying("hello")
    path = f"/webhooks/meta/{shop.channel.key}" if own else "/webhooks/meta"
    before = await shop.stage.counts()
    said = await shop.stage.ask("POST", path, body, headers=spoilt(body, shop.secret)[kind])
    assert (said.status, said.text) == (403, "")
    assert await shop.stage.counts() == before


async def test_one_changed_byte_is_enough(shop: Shop) -> None:
    body = shop.saying("hello")
    header = {"X-Hub-Signature-256": f"sha256={sign(body, shop.secret)}"}
    before = await shop.stage.counts()
    for changed in (body.replace(b"hello", b"hellp"), body + b" ", body[:-1], b" " + body):
        assert (await shop.stage.ask("POST", "/webhooks/meta", changed, headers=header)).status == 403
    assert await shop.stage.counts() == before
    assert (await shop.stage.ask("POST", "/webhooks/meta", body, headers=header)).status == 200


async def test_the_bytes_count_and_not_their_meaning(shop: Shop) -> None:
    """Meta escapes unicode and slashes its own way: what is signed is what came."""
    body = shop.saying("नमस्ते a/b").replace(b"a/b", rb"a\/b")
    assert (await shop.knock(body)).status == 200
    assert [item["text"] for item in await shop.items()] == ["नमस्ते a/b"]
    assert (await shop.deliveries())[0]["body"] == body


async def test_header_names_are_free(shop: Shop) -> None:
    body = shop.saying("hello")
    for name in ("x-hub-signature-256", "X-HUB-SIGNATURE-256"):
        header = {name: f"sha256={sign(body, shop.secret)}"}
        assert (await shop.stage.ask("POST", "/webhooks/meta", body, headers=header)).status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "application/json; charset=latin-1"])
async def test_the_content_type_does_not_matter(shop: Shop, kind: str) -> None:
    """A provider that changes it must not lose messages; the signature is the proof."""
    said = await shop.knock(shop.saying("hello"), own=True, headers={"content-type": kind})
    assert said.status == 200
    assert len(await shop.items()) == 1
