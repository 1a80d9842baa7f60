"""A webhook call is believed only with the signature of exactly its URL and its parameters."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from samvad.channels.adapters.twilio import signature
from samvad.channels.types import RawRequest

TOKEN = "12345"
PUBLIC = "https://crm.example.org"
TARGET = "/webhooks/twilio/key"
PAIRS = [("To", "whatsapp:+14155550100"), ("Body", "Namaste 🙏 & co"), ("Empty", ""), ("AccountSid", "AC1")]


def request(
    pairs: list[tuple[str, str]] = PAIRS, *, signed: str = "", target: str = TARGET, body: bytes | None = None
) -> RawRequest:
    path, _, query = target.partition("?")
    sent = urlencode(pairs).encode() if body is None else body
    return RawRequest({signature.HEADER: signed}, sent, query, path)


def by_hand(text: str, token: str = TOKEN) -> str:
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def fits(call: RawRequest, *, public_url: str = PUBLIC, tokens: tuple[str, ...] = (TOKEN,)) -> bool:
    return signature.fits(call, public_url=public_url, tokens=tokens)


GOOD = signature.sign(PUBLIC + TARGET, PAIRS, token=TOKEN)


def test_the_example_of_twilios_own_page() -> None:
    pairs = [
        ("Digits", "1234"),
        ("To", "+18005551212"),
        ("From", "+14158675309"),
        ("Caller", "+14158675309"),
        ("CallSid", "CA1234567890ABCDE"),
    ]
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert signature.sign(url, pairs, token="12345") == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    call = request(pairs, signed="RSOYDt4T1cUTdK1PDd93/VVr8B8=", target="/myapp.php?foo=1&bar=2")
    assert fits(call, public_url="https://mycompany.com")


def test_names_are_sorted_as_a_whole_values_too_and_each_once() -> None:
    pairs = [
        ("ReasonConferenceEnded", "b"),
        ("Reason", "a"),
        ("Tag", "y"),
        ("Tag", "x"),
        ("Tag", "y"),
        ("a", ""),
    ]
    said = "Reasona" + "ReasonConferenceEndedb" + "TagxTagy" + "a"
    assert fits(request(pairs, signed=by_hand(PUBLIC + TARGET + said)))


def test_the_right_one_fits() -> None:
    assert fits(request(signed=GOOD))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: "",
        lambda good: good[:-2] + "A=",
        lambda good: good.lower(),
        lambda good: good + " ",
        lambda good: "é" * 28,
        lambda good: "\udc80" * 28,
        lambda good: signature.sign(PUBLIC + TARGET, PAIRS, token="another tenant's token"),
        lambda good: signature.sign(PUBLIC + TARGET, PAIRS[1:], token=TOKEN),
        lambda good: signature.sign(PUBLIC + "/webhooks/twilio", PAIRS, token=TOKEN),
        lambda good: signature.sign("https://evil.example" + TARGET, PAIRS, token=TOKEN),
        lambda good: signature.sign("http://crm.example.org" + TARGET, PAIRS, token=TOKEN),
    ],
)
def test_anything_else_does_not(spoil: Callable[[str], str]) -> None:
    assert not fits(request(signed=spoil(GOOD)))


@pytest.mark.parametrize(
    "pairs",
    [
        [*PAIRS, ("Body", "more")],
        [*PAIRS, ("New", "")],
        [pair for pair in PAIRS if pair[0] != "Empty"],
        [("To", "whatsapp:+14155550100"), ("Body", "Namaste"), ("Empty", ""), ("AccountSid", "AC1")],
    ],
)
def test_one_changed_parameter_is_enough(pairs: list[tuple[str, str]]) -> None:
    assert not fits(request(pairs, signed=GOOD))


@pytest.mark.parametrize("query", ["id=1", "id=0199c9b0-0000-7000-8000-000000000001&b=%2F%20+x", "a&b=", "="])
def test_the_query_counts_as_it_came(query: str) -> None:
    url = f"{PUBLIC}{TARGET}?{query}"
    assert fits(request(signed=signature.sign(url, PAIRS, token=TOKEN), target=f"{TARGET}?{query}"))
    assert not fits(request(signed=GOOD, target=f"{TARGET}?{query}"))


def test_a_fragment_is_never_signed() -> None:
    url = f"{PUBLIC}{TARGET}#rc=3&rp=all"
    assert signature.sign(url, PAIRS, token=TOKEN) == GOOD


@pytest.mark.parametrize(
    ("public_url", "signed_url"),
    [
        ("https://crm.example.org", "https://crm.example.org:443"),
        ("https://crm.example.org:443", "https://crm.example.org"),
        ("https://crm.example.org:8443", "https://crm.example.org:8443"),
        ("https://crm.example.org:8443", "https://crm.example.org"),
        ("http://crm.example.org", "http://crm.example.org:80"),
        ("https://crm.example.org/shop", "https://crm.example.org/shop"),
        ("https://crm.example.org/shop/", "https://crm.example.org:443/shop"),
    ],
)
def test_with_its_port_and_without(public_url: str, signed_url: str) -> None:
    signed = signature.sign(signed_url + TARGET, PAIRS, token=TOKEN)
    assert fits(request(signed=signed), public_url=public_url)


def test_a_path_prefix_may_be_kept_by_the_proxy() -> None:
    signed = signature.sign("https://crm.example.org/shop" + TARGET, PAIRS, token=TOKEN)
    call = request(signed=signed, target="/shop" + TARGET)
    assert fits(call, public_url="https://crm.example.org/shop")


def test_what_the_request_says_of_the_host_proves_nothing() -> None:
    signed = signature.sign("https://evil.example" + TARGET, PAIRS, token=TOKEN)
    call = request(signed=signed)
    headers = {**call.headers, "host": "evil.example", "x-forwarded-host": "evil.example"}
    assert not fits(RawRequest(headers, call.body, call.query, call.path))


class TestDigestOfABody:
    BODY = b'{"type":"com.twilio.x"}'
    QUERY = f"bodySHA256={hashlib.sha256(BODY).hexdigest()}"

    def test_covers_it(self) -> None:
        signed = by_hand(f"{PUBLIC}{TARGET}?{self.QUERY}")
        assert fits(request(signed=signed, target=f"{TARGET}?{self.QUERY}", body=self.BODY))

    def test_covers_no_other(self) -> None:
        signed = by_hand(f"{PUBLIC}{TARGET}?{self.QUERY}")
        assert not fits(request(signed=signed, target=f"{TARGET}?{self.QUERY}", body=self.BODY + b" "))

    def test_must_be_signed_itself(self) -> None:
        assert not fits(
            request(signed=by_hand(PUBLIC + TARGET), target=f"{TARGET}?{self.QUERY}", body=self.BODY)
        )

    @pytest.mark.parametrize("query", ["bodySHA256=", "bodySHA256=é", "bodySHA256=%ff"])
    def test_nonsense_covers_nothing(self, query: str) -> None:
        signed = signature.sign(f"{PUBLIC}{TARGET}?{query}", [], token=TOKEN)
        assert not fits(request(signed=signed, target=f"{TARGET}?{query}", body=b"{"))


def test_bytes_that_are_no_text_are_signed_as_they_came() -> None:
    text = (PUBLIC + TARGET + "Body").encode() + b"a\xff"
    signed = base64.b64encode(hmac.new(TOKEN.encode(), text, hashlib.sha1).digest()).decode()
    assert fits(request(signed=signed, body=b"Body=a%ff"))


def test_either_token_is_believed_while_they_change() -> None:
    for token in ("old", "new"):
        signed = signature.sign(PUBLIC + TARGET, PAIRS, token=token)
        assert fits(request(signed=signed), tokens=("old", "new"))
    assert not fits(request(signed=GOOD), tokens=("old", "new"))


def test_an_empty_token_signs_nothing() -> None:
    signed = signature.sign(PUBLIC + TARGET, PAIRS, token="")
    assert not fits(request(signed=signed), tokens=("", ""))


def test_too_many_parameters_are_not_believed() -> None:
    pairs = [(f"a{at}", "") for at in range(1001)]
    assert not fits(request(pairs, signed=signature.sign(PUBLIC + TARGET, pairs, token=TOKEN)))
