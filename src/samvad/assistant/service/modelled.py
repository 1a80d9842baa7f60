"""An answer put by a language model: from the same passages, past the same verifier, or not at all."""

import time
from dataclasses import replace

from samvad.assistant.errors import ModelFailed
from samvad.assistant.rules.answering.repeated import CONTRADICTORY
from samvad.assistant.rules.answering.types import SAID, Considered, ModelUse
from samvad.assistant.rules.grounded import Business
from samvad.assistant.rules.modelled import answer_of, prompt_for
from samvad.assistant.types import Model
from samvad.kernel.language import Language
from samvad.platform import metrics
from samvad.platform.logging import get_logger

log = get_logger("assistant.models")

_NOT_USABLE = "not_usable"  # it asked for a person, broke the form, or said what no passage says


class Modelled:
    def __init__(self, model: Model, *, name: str) -> None:
        self._model = model
        self._name = name

    async def improve(
        self,
        considered: Considered,
        question: str,
        *,
        language: Language,
        business: Business,
        hint: str = "",
    ) -> Considered:
        """Never raises: a model that fails, is late or refuses leaves exactly the answer without it. `hint`:
        what a colleague left, to understand the customer by; it proves nothing and is told to nobody."""
        if not considered.found or considered.answer.reason == CONTRADICTORY:
            return considered
        began = time.perf_counter()
        prompt = prompt_for(question, considered.found, language=language, business=business, hint=hint)
        try:
            reply = await self._model.complete(prompt)
        except ModelFailed as failure:
            log.warning("model.failed", why=failure.why, detail=failure.detail)
            return self._with(considered, ModelUse(self._name, failure.why, _since(began), hinted=bool(hint)))
        answer = answer_of(reply.text, question, considered.found, business=business, hint=hint)
        verdict = SAID if answer else _NOT_USABLE
        use = ModelUse(
            reply.model, verdict, _since(began), reply.tokens_in, reply.tokens_out, hinted=bool(hint)
        )
        return self._with(replace(considered, answer=answer) if answer else considered, use)

    def _with(self, considered: Considered, use: ModelUse) -> Considered:
        metrics.model_calls.labels(use.verdict).inc()
        return replace(considered, model=use)


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
