"""One provider call: a last look at the facts, the call, and what its end means."""

import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, Self, TypeVar
from uuid import UUID

from samvad.channels.errors import CredentialsRejected, NumberThrottled, OutcomeUnknown, Rejected, SendError
from samvad.channels.repository import gate
from samvad.channels.rules import Outcome, Reaction, outages, reaction
from samvad.channels.service.vault import Vault
from samvad.channels.types import (
    ChannelAdapter,
    ChannelCredentials,
    ClaimedMessage,
    Identity,
    OutgoingFile,
    Provider,
    Purpose,
    SendOutcome,
    SendReceipt,
    SendResult,
    SendsFileLinks,
    SendsFiles,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import NotFound
from samvad.kernel.ids import TenantId
from samvad.platform.batching import MicroBatcher
from samvad.platform.crashpoints import Moment, Point, reach
from samvad.platform.crypto import Tampered
from samvad.platform.db import Database
from samvad.platform.logging import correlated, get_logger

log = get_logger("channels.sender")

_FILES_AT_ONCE = 4  # each is held in memory while it is handed over

Found = TypeVar("Found")
FactsNow = tuple[int, str, bool]


@dataclass(frozen=True, slots=True)
class Failure:
    """A provider's refusal with the reaction that it asks for."""

    error: SendError
    reaction: Reaction

    @property
    def retry_after(self) -> float:
        """Seconds for which the provider wants nothing of the number."""
        return self.error.retry_after if isinstance(self.error, NumberThrottled) else 0


class KeptFiles(Protocol):
    """Where the files of our own messages are; the room of conversations implements it."""

    async def outgoing(self, tenant: TenantId, message: UUID) -> OutgoingFile | None:
        """None: it is not there any more."""
        ...

    async def link(self, tenant: TenantId, message: UUID) -> str | None:
        """Where a provider fetches it, for some hours. None as above. Raises Rejected where nobody can."""
        ...


class Dispatch:
    def __init__(
        self,
        *,
        database: Database,
        vault: Vault,
        adapters: Mapping[Provider, ChannelAdapter],
        files: KeptFiles,
        clock: Clock,
    ) -> None:
        self._database = database
        self._vault = vault
        self._adapters = adapters
        self._files = files
        self._in_memory = asyncio.Semaphore(_FILES_AT_ONCE)
        self._clock = clock
        self._random = random.Random()  # noqa: S311 - jitter needs no secrecy
        self._looks: MicroBatcher[ClaimedMessage, FactsNow | None] = MicroBatcher(self._look, flushers=2)

    async def __aenter__(self) -> Self:
        await self._looks.__aenter__()
        return self

    async def __aexit__(self, *details: object) -> None:
        await self._looks.__aexit__(*details)

    async def send(
        self, claimed: ClaimedMessage, *, version: int, down_since: datetime | None = None
    ) -> tuple[SendOutcome, Failure | None]:
        """Never raises for what provider, database or stored secrets do; the outcome says it."""
        outcome, failure = await self._send(claimed, version)
        if down_since and failure and failure.reaction.provider_down and claimed.attempts == 1:
            outcome = self._uncounted(claimed, outcome, down_since)
        return outcome, failure

    async def _send(self, claimed: ClaimedMessage, version: int) -> tuple[SendOutcome, Failure | None]:
        with correlated(claimed.correlation):
            try:
                early = await self._before(claimed)
                if early:
                    return early, None
                channel, credentials = await self._vault.open(
                    claimed.tenant, claimed.channel, version=version
                )
            except Exception as failure:
                return self._not_begun(claimed, failure)
            return await self._call(claimed, self._adapters[channel.provider], credentials)

    async def _before(self, claimed: ClaimedMessage) -> SendOutcome | None:
        """The last look: automatic messages and marketing begin only while the facts still allow them."""
        if claimed.purpose is Purpose.AGENT and not claimed.message.marketing:
            return None
        now = await self._looks.submit(claimed)
        if now is None:  # the lease ran out and the row was set aside; surely not sent
            return self._outcome(claimed, SendResult.RETRY, reason="lease_lost")
        refusal = _refusal(claimed, now)
        return self._outcome(claimed, SendResult.REFUSED, reason=refusal) if refusal else None

    def _not_begun(self, claimed: ClaimedMessage, failure: Exception) -> tuple[SendOutcome, Failure | None]:
        """Something of ours failed before the call: surely not sent."""
        if isinstance(failure, NotFound):
            return self._outcome(claimed, SendResult.FAILED, reason="channel_deleted"), None
        if isinstance(failure, Tampered):
            error = CredentialsRejected("The stored credentials cannot be read: enter them again")
            known = Failure(error, reaction(error.code))
            return self._failed(claimed, known, 0), known
        log.exception("send.not_begun", message=str(claimed.id))
        return self._outcome(claimed, SendResult.RETRY, reason="not_begun", wait=1), None

    async def _call(
        self, claimed: ClaimedMessage, adapter: ChannelAdapter, credentials: ChannelCredentials
    ) -> tuple[SendOutcome, Failure | None]:
        started = time.perf_counter()
        reach(Point.PROVIDER_CALL, Moment.BEFORE)
        try:
            receipt = await self._hand_over(claimed, adapter, credentials)
        except SendError as error:
            failure = Failure(error, reaction(error.code))
            log.warning("send.failed", code=error.code, provider_code=error.provider_code)
            return self._failed(claimed, failure, _since(started)), failure
        except Exception as bug:
            log.exception("send.broke", message=str(claimed.id))
            failure = Failure(OutcomeUnknown(type(bug).__name__), reaction(OutcomeUnknown.code))
            return self._failed(claimed, failure, _since(started)), failure
        finally:
            reach(Point.PROVIDER_CALL, Moment.AFTER)
        log.info("send.accepted", message=str(claimed.id), external_id=receipt.external_id)
        return self._sent(claimed, receipt, _since(started)), None

    async def _hand_over(
        self, claimed: ClaimedMessage, adapter: ChannelAdapter, credentials: ChannelCredentials
    ) -> SendReceipt:
        if not claimed.message.file:
            return await adapter.send(claimed.message, via=credentials)
        if isinstance(adapter, SendsFileLinks):
            link = _there(await self._files.link(claimed.tenant, claimed.id))
            return await adapter.send_link(claimed.message, link, via=credentials)
        if not isinstance(adapter, SendsFiles):
            raise Rejected(f"{adapter.title} takes files by link only")
        async with self._in_memory:
            file = _there(await self._files.outgoing(claimed.tenant, claimed.id))
            return await adapter.send_file(claimed.message, file, via=credentials)

    def _sent(self, claimed: ClaimedMessage, receipt: SendReceipt, ms: float) -> SendOutcome:
        return SendOutcome(
            tenant=claimed.tenant,
            id=claimed.id,
            conversation=claimed.conversation,
            channel=claimed.channel,
            result=SendResult.SENT,
            at=self._clock.now(),
            purpose=claimed.purpose,
            reason=receipt.waits,
            external_id=receipt.external_id,
            recipient=_news(claimed, receipt),
            attempts=claimed.attempts,
            milliseconds=ms,
        )

    def _failed(self, claimed: ClaimedMessage, failure: Failure, ms: float) -> SendOutcome:
        result, wait = self._verdict(claimed, failure)
        error = failure.error
        outcome = self._outcome(claimed, result, reason=error.code, detail=error.detail, wait=wait, ms=ms)
        return (
            outcome
            if error.provider_code is None
            else replace(outcome, provider_code=str(error.provider_code))
        )

    def _verdict(self, claimed: ClaimedMessage, failure: Failure) -> tuple[SendResult, float]:
        reacts = failure.reaction
        if reacts.outcome is Outcome.UNKNOWN:
            return SendResult.UNKNOWN, 0
        if reacts.outcome is Outcome.FAIL:
            return SendResult.FAILED, 0
        if reacts.backoff is None:
            return SendResult.RETRY, 0
        wait = reacts.backoff.wait(claimed.attempts, jitter=self._random.random())
        return (SendResult.FAILED, 0) if wait is None else (SendResult.RETRY, wait)

    def _uncounted(self, claimed: ClaimedMessage, outcome: SendOutcome, since: datetime) -> SendOutcome:
        """It only asked whether the provider is back."""
        if outcome.result is not SendResult.RETRY:
            return outcome
        run_at = outages.next_try(since, outcome.at, queued_at=claimed.queued_at, purpose=claimed.purpose)
        if run_at is None:
            return replace(outcome, result=SendResult.FAILED)
        return replace(outcome, run_at=run_at, counted=False)

    def _outcome(
        self,
        claimed: ClaimedMessage,
        result: SendResult,
        *,
        reason: str,
        detail: str = "",
        wait: float = 0,
        ms: float = 0,
    ) -> SendOutcome:
        now = self._clock.now()
        return SendOutcome(
            tenant=claimed.tenant,
            id=claimed.id,
            conversation=claimed.conversation,
            channel=claimed.channel,
            result=result,
            at=now,
            purpose=claimed.purpose,
            reason=reason,
            detail=detail,
            run_at=now + timedelta(seconds=wait),
            attempts=claimed.attempts,
            milliseconds=ms,
        )

    async def _look(self, rows: Sequence[ClaimedMessage]) -> Sequence[FactsNow | None]:
        async with self._database.system_statement() as scope:
            found: dict[UUID, FactsNow] = await gate.facts_now(scope, rows)
        return [found.get(row.id) for row in rows]


def _there(found: Found | None) -> Found:
    """Raises Rejected."""
    if found is None:
        raise Rejected("the file of the message is gone")
    return found


def _refusal(claimed: ClaimedMessage, now: FactsNow) -> str | None:
    """Why a claimed message must not be called out any more."""
    epoch, mode, closed = now
    if claimed.purpose is Purpose.AGENT:
        return "opted_out" if closed else None
    if epoch != claimed.epoch or (mode != "ai" and claimed.purpose is Purpose.REPLY):
        return "taken_over"
    if closed and claimed.purpose is not Purpose.CONSENT:
        return "opted_out"
    return None


def _news(claimed: ClaimedMessage, receipt: SendReceipt) -> tuple[Identity, ...]:
    """Addresses of the recipient that we did not know: the provider's wa_id may differ from the number."""
    known = {identity.value.lstrip("+") for identity in claimed.message.to}
    return tuple(i for i in receipt.recipient if i.value.lstrip("+") not in known)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
