"""A webhook call is believed only with the signature of exactly its bytes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samvad.channels.adapters.meta import signature

BODY = (Path(__file__).parents[1] / "payloads" / "meta" / "text.json").read_bytes()
SECRET = "app-secret-of-this-number"
GOOD = signature.sign(BODY, app_secret=SECRET)


def test_the_header_has_71_characters() -> None:
    assert len(GOOD) == 71


def test_a_known_signature() -> None:
    """RFC 4231, test case 2."""
    expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert signature.sign(b"what do ya want for nothing?", app_secret="Jefe") == expected


def test_the_right_one_fits() -> None:
    assert signature.fits(GOOD, BODY, app_secret=SECRET)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: "",
        lambda good: good[:-1],
        lambda good: good + "0",
        lambda good: good[:-1] + ("0" if good[-1] != "0" else "1"),
        lambda good: good.upper(),
        lambda good: "sha1=" + good[5:],
        lambda good: good.removeprefix("sha256="),
        lambda good: "sha256=" + "é" * 64,
        lambda good: "sha256=" + "\udc80" * 64,
        lambda good: f" {good[:-1]}",
        lambda good: signature.sign(BODY, app_secret="another tenant's secret"),
        lambda good: signature.sign(BODY + b" ", app_secret=SECRET),
    ],
)
def test_anything_else_does_not(spoil: Callable[[str], str]) -> None:
    assert not signature.fits(spoil(GOOD), BODY, app_secret=SECRET)


def test_an_empty_secret_signs_nothing() -> None:
    assert not signature.fits(signature.sign(BODY, app_secret=""), BODY, app_secret="")


QUERY = {"hub.mode": "subscribe", "hub.verify_token": "token", "hub.challenge": "1158201444"}


class TestChallenge:
    def test_is_returned_bare(self) -> None:
        assert signature.challenge(QUERY, verify_token="token") == "1158201444"

    @pytest.mark.parametrize(
        ("change", "token"),
        [
            ({"hub.mode": "unsubscribe"}, "token"),
            ({"hub.verify_token": "other"}, "token"),
            ({"hub.verify_token": "tökén"}, "token"),
            ({"hub.verify_token": ""}, ""),
            ({}, ""),
            ({}, "other"),
        ],
    )
    def test_is_refused(self, change: dict[str, str], token: str) -> None:
        assert signature.challenge(QUERY | change, verify_token=token) is None
