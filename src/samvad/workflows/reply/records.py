"""The tenant's records as the reply asks them: never a failure of the reply itself."""

from datetime import datetime, timedelta

from samvad.assistant.rules.citations import citations
from samvad.assistant.service.answering import Answerer, Considered, ModelUse, Outcome
from samvad.conversations.types import Source
from samvad.kernel.ids import TenantId
from samvad.kernel.json import JsonObject
from samvad.kernel.language import Language
from samvad.knowledge.service.sources import being_read
from samvad.platform.db import Database, is_down
from samvad.platform.logging import get_logger
from samvad.workflows.reply.types import Heard

log = get_logger("workflows.reply")

_MOST_TRACED = 5
_FRESH = timedelta(minutes=5)


class OwnRecords:
    """The `Records` of the product."""

    def __init__(self, answerer: Answerer, database: Database) -> None:
        self._answerer = answerer
        self._database = database

    async def growing(self, tenant: TenantId, *, at: datetime) -> bool:
        async with self._database.reading(tenant) as scope:
            return await being_read(scope, since=at - _FRESH)

    async def ask(
        self, tenant: TenantId, question: str, *, language: Language, after: str | None, hint: str
    ) -> Heard:
        try:
            considered = await self._answerer.ask(tenant, question, language=language, after=after, hint=hint)
        except TimeoutError:
            log.warning("reply.records_late")
            return Heard(says=False, reason="late")
        except Exception as failure:
            if is_down(failure):
                raise
            log.exception("reply.records_failed")
            return Heard(says=False, reason="failed")
        return heard(considered)


def heard(considered: Considered) -> Heard:
    answer = considered.answer
    return Heard(
        says=answer.outcome is not Outcome.UNKNOWN,
        reason=answer.outcome.value,
        text=answer.text,
        citations=citations(answer),
        detail=_detail(considered),
        ms=considered.search_ms + considered.answer_ms + (considered.model.ms if considered.model else 0),
        source=Source.MODEL if considered.by_model else Source.ANSWER,
    )


def _detail(considered: Considered) -> JsonObject:
    """For the message's trace: how sure, and the passages that were looked at first."""
    answer = considered.answer
    return {
        "outcome": answer.outcome.value,
        "confidence": round(answer.confidence, 4),
        "why": answer.reason,
        "passages": [
            {
                "id": str(one.passage.id),
                "source": one.passage.source,
                "position": one.passage.position,
                "score": round(one.score, 4),
            }
            for one in considered.found[:_MOST_TRACED]
        ],
        "search_ms": considered.search_ms,
        "answer_ms": considered.answer_ms,
        **({"model": _model_detail(considered.model)} if considered.model else {}),
    }


def _model_detail(use: ModelUse) -> JsonObject:
    return {
        "name": use.model,
        "verdict": use.verdict,
        "ms": use.ms,
        "tokens_in": use.tokens_in,
        "tokens_out": use.tokens_out,
        **({"hint": "read"} if use.hinted else {}),
    }
