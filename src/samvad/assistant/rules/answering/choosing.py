"""Which spans answer a question, and with what words: one, several that fit alike, or a question back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from samvad.assistant.rules.answering import offers, rowtext, wording
from samvad.assistant.rules.answering.certainty import alike, certainty, said_with
from samvad.assistant.rules.answering.clauses import narrowed
from samvad.assistant.rules.answering.fit import Scored, fit, probability, unnamed_terms
from samvad.assistant.rules.answering.listed import is_described, is_one_of
from samvad.assistant.rules.answering.spans import LONGEST, WHOLE, candidates
from samvad.assistant.rules.answering.terms import held, written
from samvad.assistant.rules.answering.types import Answer, Asked, Candidate, Cited, Outcome, Question
from samvad.knowledge.types import Found

# What must be sure before it is said: a wrong price costs more than a wrong opening hour.
LEAST = {Asked.HOURS: 0.68, Asked.PLACE: 0.68, Asked.CONTACT: 0.68}
_LEAST = 0.80
SILENCE = 0.69  # of the chance that the best span is wrong, by `python -m evaluation.answering`
_SAME = 0.02
_MEANT = 0.3  # likeness from which a FAQ's question is the one that was asked
_MOST_NAMED, _MOST_LISTED, _MOST_DETAILED = 5, 3, 4
_FEWEST_TO_WEIGH, _OFTEN, _COMMON = 8, 0.3, 0.5


def choose(question: Question, found: Sequence[Found]) -> Answer:
    """The answer to one question out of what was retrieved."""
    ranked = ranking(question, found)
    if not ranked:
        return _unknown("nothing_found", 0.0)
    sure = certainty(ranked)
    if sure < LEAST.get(question.asked, _LEAST):
        return _unknown("not_sure", sure)
    answer = said(question, ranked)
    return answer if answer.outcome is Outcome.UNKNOWN else replace(answer, confidence=sure)


def said(question: Question, ranked: Sequence[Scored]) -> Answer:
    """What the first of `ranked` says, sure or not."""
    if ranked[0].span.row:
        return _rows(question, ranked)
    return _sentences(question, ranked[0], ranked)


def ranking(question: Question, found: Sequence[Found]) -> list[Scored]:
    """All spans of documents in force, the surest first."""
    spans = [
        span for one in found if not one.passage.superseded for span in candidates(one, question.language)
    ]
    question = _weighed(question, spans)
    scored = [
        Scored(span, fitted, probability(fitted)) for span in spans for fitted in (fit(question, span),)
    ]
    scored = [one for one in scored if one.span.place != WHOLE or one.fit.heard >= _MEANT]
    return sorted(scored, key=lambda one: (-one.sure, one.span.passage.position, one.span.place))


def _weighed(question: Question, spans: Sequence[Candidate]) -> Question:
    """A word that most of what was found holds tells little apart: "bike" at a bicycle shop."""
    passages = {span.passage.id for span in spans}
    if len(passages) < _FEWEST_TO_WEIGH:
        return question
    weighed = []
    for one in question.terms:
        holding = {s.passage.id for s in spans if one.word in s.words or one.word in s.around}
        share = len(holding) / len(passages)
        weighed.append(replace(one, weight=one.weight * (_COMMON if share > _OFTEN else 1.0)))
    return replace(question, terms=tuple(weighed))


def _rows(question: Question, ranked: Sequence[Scored]) -> Answer:
    """The rows that fit alike: the best named ones of them."""
    best = ranked[0]
    fitting = _fitting(question, ranked)
    fitting.sort(key=lambda one: (one.span.passage.source, one.span.passage.position))
    if _is_offer(question, best) and (offered := _offered(question, fitting)):
        return offered
    detailed = len(fitting) <= _MOST_DETAILED
    text = rowtext.said(question, [one.span for one in fitting]) if detailed else None
    names = list(dict.fromkeys(one.span.row.name for one in fitting if one.span.row))
    few = (
        len(fitting) <= _MOST_LISTED and question.asked is not Asked.PRICE
    )  # prices of two things are a choice
    if text is not None and (len(names) == 1 or question.asked is Asked.STOCK or few):
        rows = [one.span.row for one in fitting if one.span.row]
        return replace(_answered(text, best.sure, fitting), worked_out=rowtext.worked_out(question, rows))
    if question.asked is Asked.STOCK and (text := rowtext.names(question, names)):
        return _answered(text, best.sure, fitting)
    return _which(question, names if len(names) > 1 else _labels(fitting), fitting, best.sure)


def _is_offer(question: Question, best: Scored) -> bool:
    """Prices of two things are a choice, unless both are just what was described."""
    if question.asked is Asked.PRICE:
        return best.span.row is not None and is_described(question, best.span.row)
    return is_one_of(question, best.span)


def _offered(question: Question, fitting: Sequence[Scored]) -> Answer | None:
    """All that is as was asked for and to be had; None where there is none, or too much to name."""
    there = [one for one in fitting if one.span.row and not rowtext.is_gone(one.span.row)]
    rows = [one.span.row for one in there if one.span.row]
    if not rows or (len(fitting) == 1 and not is_described(question, rows[0])):
        return None
    text = offers.offered(question, rows)
    return None if text is None else _answered(text, there[0].sure, there)


def _fitting(question: Question, ranked: Sequence[Scored]) -> list[Scored]:
    """All of the kind that was asked for, or what the question names best."""
    best = ranked[0]
    same = [one for one in ranked if alike(one, best)]
    if is_one_of(question, best.span):
        return [one for one in same if is_one_of(question, one.span)]
    return _closest(question, same)


def _closest(question: Question, alike: Sequence[Scored]) -> list[Scored]:
    """Those that the question names to the end, or one thing that it names better than the others."""
    fewest = min(len(unnamed_terms(question, one.span)) for one in alike)
    closest = [one for one in alike if len(unnamed_terms(question, one.span)) == fewest]
    if fewest == 0:
        most = max(_naming(question, one) for one in closest)
        return [one for one in closest if _naming(question, one) > most - _SAME]
    names = {one.span.row.name for one in closest if one.span.row}
    return closest if len(names) == 1 else list(alike)


def _naming(question: Question, one: Scored) -> float:
    """How much of the question the row's own name says."""
    name = written(one.span.row.name, question.language) if one.span.row else frozenset()
    return sum(t.weight for t in question.terms if held(t.word, name))


def _labels(alike: Iterable[Scored]) -> list[str]:
    return [one.span.row.label for one in alike if one.span.row]


def _which(question: Question, names: Sequence[str], alike: Sequence[Scored], sure: float) -> Answer:
    """A question back that names what fits, the first few of many."""
    if len(names) > _MOST_NAMED:
        items = ", ".join(names[:_MOST_NAMED]) + " …"
    else:
        items = wording.OR[question.language].join((", ".join(names[:-1]), names[-1]))
    text = wording.worded(wording.WHICH, question.language, items=items)
    if len(names) < 2 or len(text) > LONGEST:
        return _unknown("too_many", sure)
    return Answer(Outcome.WHICH, text, sure, _cited(alike), "several_fit")


def _sentences(question: Question, best: Scored, ranked: Sequence[Scored]) -> Answer:
    """The best span, with those of its passage that fit as well, in their order."""
    if best.span.place == WHOLE:
        return _answered(best.span.text, best.sure, [best])
    kept: list[Scored] = []
    for one in (one for one in ranked if said_with(one, best)):  # the surest first, as long as they fit
        if sum(len(k.span.text) + 1 for k in (*kept, one)) <= LONGEST:
            kept.append(one)
    if not kept:
        return _unknown("too_long", best.sure)
    kept.sort(key=lambda one: one.span.place)
    if len({one.span.head for one in kept}) > 1:
        return _under_heads(question, kept, best.sure)
    text = " ".join(one.span.text for one in kept)
    if len(kept) == 1:
        text = narrowed(question, text)
    heading = best.span.head or best.span.passage.heading.rsplit(">", 1)[-1].strip()
    if best.fit.own < 0.5 and heading and len(text) + len(heading) + 2 <= LONGEST:
        text = f"{heading}: {text}"
    return _answered(text, best.sure, kept)


def _under_heads(question: Question, kept: Sequence[Scored], sure: float) -> Answer:
    """What is said of several things, each under its own line: "Silver Oak: No pets." """
    told: dict[str, list[str]] = {}
    for one in kept:
        told.setdefault(one.span.head, []).append(one.span.text)
    lines = [f"{head}: {' '.join(texts)}" if head else " ".join(texts) for head, texts in told.items()]
    text = "\n".join(lines)
    if len(text) <= LONGEST:
        return _answered(text, sure, kept)
    return _which(question, [head for head in told if head], kept, sure)


def _answered(text: str, sure: float, spans: Sequence[Scored]) -> Answer:
    return Answer(Outcome.ANSWERED, text, sure, _cited(spans))


def _cited(spans: Iterable[Scored]) -> tuple[Cited, ...]:
    best: dict[object, Cited] = {}
    for one in spans:
        known = best.get(one.span.passage.id)
        if known is None or known.score < one.sure:
            best[one.span.passage.id] = Cited(one.span.passage, round(one.sure, 4))
    return tuple(sorted(best.values(), key=lambda cited: -cited.score))


def _unknown(reason: str, best: float) -> Answer:
    """Silence is right less often than the best span is wrong: another wording may have been there."""
    return Answer(Outcome.UNKNOWN, "", SILENCE * (1 - best), (), reason)
