"""The way in and out: public URL, its certificate, each provider's own word on our credentials, its clock."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from samvad.bootstrap.parts import Parts
from samvad.channels.service.selftest import REACHED
from samvad.channels.types import SANDBOX
from samvad.cli.doctor.inside import Number
from samvad.platform.health import Check, Finding, State
from samvad.platform.health.certificates import certificate_check
from samvad.platform.http import HostPolicy, HttpError

CLOCKS_DIFFER, CLOCKS_FAIL = 10.0, 60.0  # seconds; the provider tells its time by the second
_SECONDS = 5.0
_LOCAL = ("127.0.0.1", "localhost", "::1")


def checks(built: Parts, numbers: Sequence[Number]) -> Sequence[Check]:
    """The sandbox's numbers have no provider to ask."""
    real = [number for number in numbers if number.channel.provider != SANDBOX]
    found = [_public_url_check(built, needed=bool(real))]
    address = urlsplit(built.settings.base_url)
    if address.scheme == "https" and address.hostname:
        found.append(certificate_check(address.hostname, address.port or 443, built.clock))
    told = next((number for number in real if number.channel.base_url), None)
    if told:
        found.append(_provider_clock_check(built, told))
    return [*found, *(_channel_check(built, number) for number in real)]


def _public_url_check(built: Parts, *, needed: bool) -> Check:
    """Necessary where providers are told an address of the internet; this command also helps while nothing
    runs."""
    address = urlsplit(built.settings.base_url)
    local = address.hostname in _LOCAL

    async def probe() -> Finding:
        url = f"{built.settings.base_url}/healthz"
        port = address.port or (443 if address.scheme == "https" else 80)
        allow = HostPolicy().including(address.hostname or "", port)
        try:
            answer = await built.http.request("GET", url, timeout=_SECONDS, allow=allow)
        except HttpError as failure:
            return Finding(State.DOWN, str(failure))
        if answer.status != 200:
            return Finding(State.DOWN, f"{url} answers {answer.status}")
        if needed and address.scheme != "https":
            return Finding(State.DEGRADED, f"{url} works, but providers call https alone")
        return Finding(State.OK, f"{url}, which only this machine reaches" if local else url)

    return Check("public URL", not local, probe)


def _provider_clock_check(built: Parts, number: Number) -> Check:
    """By the Date header of whatever it answers."""

    async def probe() -> Finding:
        url = number.channel.base_url
        allow = built.settings.http.allow_hosts
        try:
            answer = await built.http.request("GET", url, timeout=_SECONDS, allow=HostPolicy(allow))
        except HttpError as failure:  # whether that is wrong its channel says
            return Finding(State.OK, f"nobody can be asked: {failure}")
        said = answer.headers.get("date")
        if said is None:
            return Finding(State.OK, "it tells no time")
        apart = round(abs((built.clock.now() - _moment(said)).total_seconds()), 1)
        facts = {"seconds_apart": apart}
        if apart <= CLOCKS_DIFFER:
            return Finding(State.OK, "", facts)
        state = State.DOWN if apart > CLOCKS_FAIL else State.DEGRADED
        return Finding(state, "this machine's clock differs from the provider's", facts)

    return Check("provider clock", True, probe)


def _moment(said: str) -> datetime:
    found = parsedate_to_datetime(said)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _channel_check(built: Parts, number: Number) -> Check:
    """The channel's own self-test, without what that changes. Where only the way to us fails, `public URL`
    has the word: nothing may be running here at the moment."""

    async def probe() -> Finding:
        report = await built.selftest.examine(number.tenant, number.channel)
        failed = [step for step in report.steps if not step.ok]
        said, facts = (
            "; ".join(f"{step.name}: {step.detail}" for step in failed),
            {"steps": len(report.steps)},
        )
        if not failed:
            return Finding(State.OK, "", facts)
        only_the_way = [step.name for step in failed] == [REACHED]
        return Finding(State.DEGRADED if only_the_way else State.DOWN, said, facts)

    return Check(f"channel {number.channel.name}", True, probe)
