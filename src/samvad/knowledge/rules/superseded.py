"""Whether a document calls itself replaced, old or no longer valid."""

import re
from collections.abc import Sequence

from samvad.knowledge.types import Piece

_HEAD = 600  # characters: what a document says of itself, it says first
_SHORT = 90
_DOCUMENT = (
    r"\b(?:this|these|promo|promotion|offer|carta|tabela|tarifas?|estos|estas|document|documento|dokumen|file|page|list|lista|liste|policy|pol[ií]tica|politique|version|"
    r"versi[oó]n|vers[aã]o|versi|notice|menu|rates?|prices?|pricing|tariff|guide|edition|terms|brochure|catalogue|"
    r"catalog|sheet|manual|handbook|faq|precios?|pre[cç]os?|prix|harga)\b|दस्तावेज|सूची|यह|القائمة|هذه|هذا"
)
_SAID = (
    r"\b(?:super[sc]eded|obsolete|outdated|out of date|withdrawn|rescinded|expired|deprecated|archived)\b",
    r"\bdo not use\b",
    r"\bnot (?:valid|in force|current) any ?more\b",
    r"\bno longer (?:valid|in force|in effect|current|applicable|applies|apply|used|honou?red|on offer)\b",
    r"\b(?:has|have|had) been replaced\b|\b(?:is|are|was|were) replaced\b|\breplaced (?:by|with|on)\b",
    r"\b(?:old|previous|former) (?:version|edition|price ?list|prices|rates|policy|menu|tariff|document)\b",
    r"\bya no (?:es|son|est[aá]n?) (?:v[aá]lid|vigente)|\bya no (?:aplican?|rigen?|valen?|se usan?)\b",
    r"\b(?:sustituid|reemplazad)[oa]s? (?:por|en|desde)\b",
    r"\b(?:carta|lista|tarifas?|precios|men[uú]) (?:viej|antigu|anterior)",
    r"\bj[aá] n[aã]o (?:é|e|s[aã]o|est[aá]|vale|valem|se aplica)|\b(?:tabela|lista|pre[cç]os) (?:antig|velh)",
    r"\bobsolet[oa]s?\b",
    r"\bn[aã]o (?:é|e|s[aã]o|est[aá]) mais (?:v[aá]lid|vigente)|\bsubstitu[ií]d[oa]s? por\b|\bsem validade\b",
    r"\bn['’]?est plus (?:valable|valide|en vigueur)|\bremplac[eé]e?s? par\b|\bp[eé]rim[eé]e?s?\b",
    r"\b(?:tidak|sudah tidak) (?:lagi )?berlaku|\bdigantikan oleh\b",
    r"\bab (?:valid|lagu|manya) nahi|\bpuran[aie] (?:rate|price|list)",
    "मान्य नहीं|लागू नहीं|पुरानी|पुराना",
    "لم تعد سارية|لم يعد ساري|ملغى|ملغاة",
)
_SAYS = re.compile("|".join(_SAID), re.IGNORECASE)
_REPLACES = re.compile(
    r"\b(?:replaces|supersedes|reemplaza|sustituye|substitui|remplace|menggantikan)\b", re.IGNORECASE
)
_NAMED_OLD = re.compile(
    r"^\W*(?:\[|\()?(?:old|obsolete|archived?|superseded|expired|outdated)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^.!?\n।]+")


def calls_itself_replaced(pieces: Sequence[Piece]) -> bool:
    """By its first sentences and headings alone: what it says further down, it says of other things."""
    said = _opening(pieces)
    titled = bool(said) and len(said[0]) <= _SHORT and bool(re.search(_DOCUMENT, said[0], re.IGNORECASE))
    return any(_of_itself(sentence, first=at <= titled) for at, sentence in enumerate(said))


def _opening(pieces: Sequence[Piece]) -> list[str]:
    said: list[str] = []
    for piece in pieces[:3]:
        said += [part for part in (*piece.heading.split(" > "), piece.text) if part and part not in said]
    return [s for s in (m[0].strip() for m in _SENTENCE.finditer("\n".join(said)[:_HEAD])) if s]


def _of_itself(sentence: str, *, first: bool) -> bool:
    if first and _NAMED_OLD.match(sentence):
        return True
    if not _SAYS.search(sentence):
        return False
    if _REPLACES.search(sentence) and not re.search(r"\breplaced|superseded\b", sentence, re.IGNORECASE):
        return False  # "this list replaces the old price list" is the one in force
    return bool(re.search(_DOCUMENT, sentence, re.IGNORECASE)) or (first and len(sentence) <= _SHORT)
