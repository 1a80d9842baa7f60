"""A question to the tenant's own records: searched, answered, held against what was found.

A language model, where one is set, may put it better; it never finds, and never has the last word.
"""

import asyncio
import time
from dataclasses import replace
from typing import Protocol

from samvad.assistant.prompts.system import Text, text
from samvad.assistant.rules.answering.following import meant
from samvad.assistant.rules.answering.searching import joined, searches
from samvad.assistant.rules.answering.types import Answer, Considered, ModelUse, Outcome
from samvad.assistant.rules.grounded import Business, grounded
from samvad.assistant.rules.language import guess
from samvad.assistant.service.modelled import Modelled
from samvad.kernel.ids import TenantId
from samvad.kernel.language import Language
from samvad.knowledge.types import Found
from samvad.platform.db import Database
from samvad.tenancy.service.tenants import get_tenant

__all__ = ["Answer", "Answerer", "Business", "Considered", "ModelUse", "Outcome", "Search", "answered"]

MOST_PASSAGES = 20
PATIENCE = 10.0  # seconds for finding and choosing; the model has its own


class Search(Protocol):
    """The search of the live path, with no transaction of the caller's open."""

    async def search(self, question: str, *, tenant: TenantId, top_k: int) -> list[Found]: ...


class Shelf(Protocol):
    """Documents in memory: `knowledge.service.library.Library`."""

    def search(self, question: str, *, top_k: int) -> list[Found]: ...


class Answerer:
    def __init__(self, database: Database, search: Search, *, modelled: Modelled | None = None) -> None:
        self._database = database
        self._search = search
        self._modelled = modelled

    async def ask(
        self,
        tenant: TenantId,
        question: str,
        *,
        language: Language | None = None,
        after: str | None = None,
        hint: str = "",
    ) -> Considered:
        """Opens its own short transactions. `after`: what was asked before, if we asked back which thing is
        meant; then `question` may name it. `hint`: for the model alone. Raises
        TimeoutError where the records are too slow."""
        async with self._database.reading(tenant) as scope:
            settings = (await get_tenant(scope)).settings
        language = language or guess([question], default=settings.language)
        business = Business(settings.name, settings.currency, settings.country)
        async with asyncio.timeout(PATIENCE):
            named = await self._named(tenant, after, question, language=language, business=business)
            if named is not None:
                return named
            considered = await self._consider(tenant, question, language=language, business=business)
        if self._modelled is None:
            return considered
        return await self._modelled.improve(
            considered, question, language=language, business=business, hint=hint
        )

    async def _named(
        self, tenant: TenantId, after: str | None, said: str, *, language: Language, business: Business
    ) -> Considered | None:
        """The answer to what was asked before, about the one thing that `said` names now; else None."""
        if after is None:
            return None
        before = await self._consider(tenant, after, language=language, business=business)
        one = meant(before.answer, before.found, said) if before.answer.outcome is Outcome.WHICH else []
        if not one:
            return None
        answer = await asyncio.to_thread(grounded, after, one, language=language, business=business)
        return replace(before, answer=answer) if answer.outcome is Outcome.ANSWERED else None

    async def _consider(
        self, tenant: TenantId, question: str, *, language: Language, business: Business
    ) -> Considered:
        """Composing runs in a thread, since it computes."""
        began = time.perf_counter()
        lists = [
            await self._search.search(wanted, tenant=tenant, top_k=MOST_PASSAGES)
            for wanted in searches(question)
        ]
        found = joined(lists)
        between = time.perf_counter()
        answer = await asyncio.to_thread(grounded, question, found, language=language, business=business)
        took = _ms(between - began), _ms(time.perf_counter() - between)
        fallback = text(Text.PERSON_WILL_ANSWER, language, business=business.name)
        return Considered(answer, found, *took, fallback)


def answered(
    question: str, shelf: Shelf, *, business: Business, default: Language = Language.ENGLISH
) -> Considered:
    """The same out of documents in memory: for `samvad ai answer` and for evaluation."""
    began = time.perf_counter()
    found = joined([shelf.search(text, top_k=MOST_PASSAGES) for text in searches(question)])
    between = time.perf_counter()
    language = guess([question], default=default)
    answer = grounded(question, found, language=language, business=business)
    return Considered(answer, found, _ms(between - began), _ms(time.perf_counter() - between))


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
