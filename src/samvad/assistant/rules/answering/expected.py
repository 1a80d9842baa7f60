"""Whether a span holds the kind of thing that was asked for."""

import re
from collections.abc import Callable, Iterable, Sequence

from samvad.assistant.rules.answering.types import Asked, Candidate, Question
from samvad.kernel.facts.types import Fact, FactKind

_FREE = re.compile(
    r"\b(?:free|no (?:extra )?(?:charge|cost|fee)s?|included|gratis|grátis|without charge"
    r"|complimentary|nothing"
    r"|(?:sin|sem|sans) (?:costo|coste|cargo|custo|frais)|de graça|gratuit\w*|no se cobra"
    r"|não (?:se )?cobra\w*)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:open|opens|closed?|closes|hours|timings?|round the clock|24/7|abiert[oa]s?|cerrad[oa]s?|abr[ei]\w*"
    r"|cerramos|abert[oa]s?|fechad[oa]s?|fechamos|ouvert|ferm[eé]e?s?|buka|tutup|band)\b",
    re.IGNORECASE,
)
_STREETS = (
    "road|rd|street|st|lane|nagar|avenue|marg|chowk|colony|sector|floor|building|block|complex|market|mall"
)
_BESIDE = r"\b(?:located|situated|opposite|behind|next to|near|beside|across from|directions|landmark)\b"
_ADDRESS = re.compile(
    rf"\b\d{{5,6}}\b|\d[\w/-]*,? .{{0,40}}\b(?:{_STREETS}|highway|square|alley|drive|way)\b"
    r"|\b(?:calle|rua|avenida|plaza|praça|rue|jalan|plot|shop no|survey no|esquina|bairro|carrer)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"{_BESIDE}|{_ADDRESS.pattern}", re.IGNORECASE)
_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"
_RELATIVE = re.compile(
    r"\b(?:same day|next day|next morning|evening before|days? before|weeks? before|every day|daily|weekly"
    rf"|monthly|today|tomorrow|immediately|at once|in advance|weekends?|weekdays?|{_MONTHS}"
    r"|(?:from|in|to|until|till|and) may"
    r"|easter|christmas|diwali|holi|eid|ramadan|new year|season|summer|winter|monsoon|now|ready"
    r"|morning|afternoon|evening|night|before|after|once|twice"
    r"|por la mañana|por la tarde|pela manhã|à tarde|cada|diario|diariamente|antelación|anticipación"
    r"|antecedencia|antecedência|depois|después|desde|a partir"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|mismo día|mesmo dia"
    r"|antes)\b",
    re.IGNORECASE,
)
_WORDED = (
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|half an?"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|media"
    r"|dois|duas|três|quatro|sete|oito|nove|dez|doze|quinze|vinte|trinta|meia"
    r"|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|trente|demi-?|ek|teen|chaar|paanch|aadha)\b"
)
_LASTING = re.compile(
    rf"(?:{_WORDED}|\b(?:an?|une?|uno|uma?)\b)"
    r" (?:\w+ )?(?:minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|minutos?|horas?|d[ií]as?"
    r"|noches?|semanas?|mes(?:es)?|años?|noites?|mês|anos?|heures?|jours?|nuits?|semaines?|mois|ans?|ghante|din"
    r"|hafte|mahine|saal)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(_WORDED, re.IGNORECASE)
_NAME = re.compile(
    r"\b[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ][a-zß-ÿ]+\b|\b(?:Mr|Mrs|Ms|Dra?|Sra?|Do[nñ]a?|Chef)\.? [A-ZÀ-Þ]"
)
_ROLE = re.compile(
    r"\b(?:tenant|owner|landlord|buyer|seller|customer|client|manager|staff|team|technician|family)s?\b", re.I
)
_SHARE = re.compile(
    r"\b(?:months?['’]? (?:rent|brokerage)|half|(?:one|two|three|six|ten) months?)", re.IGNORECASE
)
# "Free", "half of it", "5 percent" are of a sum that is told elsewhere; "beside the counter" is no address.
_VAGUELY = 0.5
_SPAN_UNITS = frozenset({"s", "day", "month", "night"})


def _has(facts: Iterable[Fact], *kinds: FactKind) -> bool:
    return any(fact.kind in kinds for fact in facts)


def _price(facts: Sequence[Fact], text: str, asked: str) -> bool:
    return (
        _has(facts, FactKind.PRICE)
        or bool(_FREE.search(text))
        or bool(_SHARE.search(text))
        or _has(facts, FactKind.PERCENT)
    )


def _hours(facts: Sequence[Fact], text: str, asked: str) -> bool:
    return (
        _has(facts, FactKind.TIME)
        or (_has(facts, FactKind.WEEKDAY) and bool(_OPEN.search(text)))
        or bool(
            re.search(r"(?<!within )24 hours|24/7|round the clock|no evening|all day", text, re.IGNORECASE)
        )
    )


def _place(facts: Sequence[Fact], text: str, asked: str) -> bool:
    for fact in facts:
        if fact.kind is FactKind.PHONE:
            text = text.replace(fact.text, "")
    return bool(_PLACE.search(text))


def _contact(facts: Sequence[Fact], text: str, asked: str) -> bool:
    if re.search(r"\be-?mail|\bcorreo", asked, re.IGNORECASE):
        return any(fact.kind is FactKind.EMAIL and "." in fact.key.rsplit("@", 1)[-1] for fact in facts)
    if re.search(r"\bwebsite|\bweb\b|\bsite\b|\blink\b|\binstagram", asked, re.IGNORECASE):
        return _has(facts, FactKind.LINK) or "@" in text
    if re.search(r"\bupi\b", asked, re.IGNORECASE):
        return any(fact.kind is FactKind.EMAIL and "." not in fact.key.rsplit("@", 1)[-1] for fact in facts)
    if re.search(r"number|phone|call|telefono|telefone|whatsapp|mobile", asked, re.IGNORECASE):
        return _has(facts, FactKind.PHONE)
    return _has(facts, FactKind.PHONE, FactKind.EMAIL, FactKind.LINK)


def _duration(facts: Sequence[Fact], text: str, asked: str) -> bool:
    lasting = any(fact.kind is FactKind.QUANTITY and fact.unit in _SPAN_UNITS for fact in facts)
    told = _has(facts, FactKind.TIME, FactKind.DATE)
    return lasting or told or bool(_RELATIVE.search(text) or _LASTING.search(text))


def _count(facts: Sequence[Fact], text: str, asked: str) -> bool:
    figures = (FactKind.NUMBER, FactKind.QUANTITY, FactKind.PERCENT, FactKind.PRICE, FactKind.CODE)
    return _has(facts, *figures) or bool(_COUNTED.search(text))


def _date(facts: Sequence[Fact], text: str, asked: str) -> bool:
    return _duration(facts, text, asked) or _has(facts, FactKind.WEEKDAY)


def _person(facts: Sequence[Fact], text: str, asked: str) -> bool:
    known = asked.lower()
    names = [found[0] for found in _NAME.finditer(text)]
    return any(name.lower() not in known for name in names) or bool(_ROLE.search(text))


_LOOKS: dict[Asked, Callable[[Sequence[Fact], str, str], bool]] = {
    Asked.PRICE: _price, Asked.HOURS: _hours, Asked.PLACE: _place, Asked.CONTACT: _contact,
    Asked.DURATION: _duration, Asked.COUNT: _count, Asked.DATE: _date, Asked.PERSON: _person,
}  # fmt: skip


def tells(question: Question, facts: Sequence[Fact], text: str) -> bool:
    """Whether `text` with its facts holds what was asked for; without a kind any words may answer."""
    look = _LOOKS.get(question.asked)
    return look is None or look(facts, text, question.text)


def holds(span: Candidate, question: Question) -> float:
    """1 or -1; 0 where any words may answer."""
    if question.asked not in _LOOKS:
        return 0.0
    if not tells(question, span.facts, span.text):
        return -1.0
    if question.asked is Asked.PRICE and not _has(span.facts, FactKind.PRICE):
        if question.amount:
            return -1.0  # "2 kg of ..." has a sum
        return 1.0 if span.row else _VAGUELY
    if question.asked is Asked.PLACE and not _ADDRESS.search(span.text):
        return _VAGUELY
    return 1.0
