"""Behind a proxy: the client's address is what trusted hops say, and nobody else can claim one."""

from dataclasses import replace
from ipaddress import ip_network

import pytest
from starlette.datastructures import Headers

from samvad.api.app import create_app
from samvad.api.clients import client_behind
from samvad.api.services import ApiServices
from samvad.platform.settings import Settings
from tests.api.client import Client
from tests.tenancy.factories import PASSWORD, House

TRUSTED = frozenset({ip_network("10.0.0.0/8"), ip_network("fd00::/8")})
LOGIN = "/api/v1/auth/login"


@pytest.mark.parametrize(
    ("peer", "headers", "found"),
    [
        ("10.0.0.1", {}, "10.0.0.1"),
        ("10.0.0.1", {"x-forwarded-for": "198.51.100.1"}, "198.51.100.1"),
        ("203.0.113.9", {"x-forwarded-for": "198.51.100.1"}, "203.0.113.9"),  # anybody can write a header
        ("10.0.0.1", {"x-forwarded-for": "1.1.1.1, 198.51.100.1"}, "198.51.100.1"),  # made up by the client
        ("10.0.0.1", {"x-forwarded-for": "1.1.1.1, 198.51.100.1, 10.2.2.2"}, "198.51.100.1"),
        ("10.0.0.1", {"x-forwarded-for": "10.3.3.3, 10.2.2.2"}, "10.3.3.3"),
        ("10.0.0.1", {"x-forwarded-for": "198.51.100.1:4711"}, "198.51.100.1"),
        ("10.0.0.1", {"x-forwarded-for": "[2001:db8::1]:4711"}, "2001:db8::1"),
        ("10.0.0.1", {"x-forwarded-for": "2001:db8::1"}, "2001:db8::1"),
        ("::ffff:10.0.0.1", {"x-forwarded-for": "::ffff:198.51.100.1"}, "198.51.100.1"),
        ("10.0.0.1", {"x-forwarded-for": "198.51.100.1, nonsense"}, "10.0.0.1"),
        ("10.0.0.1", {"x-forwarded-for": "198.51.100.1,, ,"}, "10.0.0.1"),
        ("10.0.0.1", {"forwarded": "for=192.0.2.43;proto=https, for=198.51.100.17"}, "198.51.100.17"),
        ("fd00::1", {"forwarded": 'proto=http; For="[2001:db8:cafe::17]:4711"'}, "2001:db8:cafe::17"),
        ("10.0.0.1", {"forwarded": "for=unknown"}, "10.0.0.1"),
        ("10.0.0.1", {"forwarded": "by=198.51.100.1"}, "10.0.0.1"),
        ("10.0.0.1", {"x-forwarded-for": "10.9.9.9," * 1000}, "10.0.0.1"),
        ("a socket", {"x-forwarded-for": "198.51.100.1"}, "a socket"),
    ],
)
def test_the_address_of_the_client(peer: str, headers: dict[str, str], found: str) -> None:
    assert client_behind(peer, Headers(headers), trusted=TRUSTED) == found


def test_the_header_may_come_in_several_lines() -> None:
    raw = [(b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"198.51.100.1")]
    assert client_behind("10.0.0.1", Headers(raw=raw), trusted=TRUSTED) == "198.51.100.1"


async def test_a_guesser_behind_the_proxy_locks_out_nobody_else(services: ApiServices, house: House) -> None:
    proxy = Client(create_app(replace(services, trusted_proxies=TRUSTED)), address="10.0.0.1")

    async def sign_in(email: str, password: str, *, address: str) -> int:
        said = {"email": email, "password": password}
        return (await proxy.post(LOGIN, said, headers={"x-forwarded-for": address})).status

    for number in range(10):
        assert await sign_in(f"x{number}@y.test", "no", address=f"1.1.1.{number}, 198.51.100.1") == 401
    assert await sign_in("owner@dairy.test", PASSWORD, address="198.51.100.1") == 429
    assert await sign_in("owner@dairy.test", PASSWORD, address="198.51.100.2") == 200


async def test_without_the_setting_a_header_changes_nothing(anybody: Client, house: House) -> None:
    for number in range(10):
        forged = {"x-forwarded-for": f"1.1.1.{number}", "forwarded": f"for=1.1.2.{number}"}
        await anybody.post(LOGIN, {"email": f"x{number}@y.test", "password": "no"}, headers=forged)
    said = {"email": "owner@dairy.test", "password": PASSWORD}
    assert (await anybody.post(LOGIN, said, headers={"x-forwarded-for": "1.1.1.99"})).status == 429


def test_the_setting_is_a_list_of_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVAD_TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8")
    assert Settings(_env_file=None).trusted_proxies == TRUSTED  # type: ignore[call-arg]
    monkeypatch.setenv("SAMVAD_TRUSTED_PROXIES", "proxy.example.org")
    with pytest.raises(ValueError, match="trusted_proxies"):
        Settings(_env_file=None)  # type: ignore[call-arg]
