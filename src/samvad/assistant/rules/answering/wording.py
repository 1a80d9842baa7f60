"""The few words of ours around a record's own, in eight languages: prices, stock, one question back."""

from samvad.kernel.language import Language, best

_L = Language
PRICE = {
    _L.ENGLISH: "{item} is {price}.",
    _L.SPANISH: "{item} cuesta {price}.",
    _L.PORTUGUESE: "{item} custa {price}.",
    _L.FRENCH: "{item} coûte {price}.",
    _L.HINDI: "{item} की कीमत {price} है।",
    _L.HINGLISH: "{item} ka daam {price} hai.",
    _L.INDONESIAN: "Harga {item} {price}.",
    _L.ARABIC: "سعر {item} هو {price}.",
}
SUM = {
    _L.ENGLISH: "{item} is {price}, so {amount} come to {total}.",
    _L.SPANISH: "{item} cuesta {price}; {amount} son {total}.",
    _L.PORTUGUESE: "{item} custa {price}; {amount} ficam em {total}.",
    _L.FRENCH: "{item} coûte {price} ; {amount} font {total}.",
    _L.HINDI: "{item} की कीमत {price} है, {amount} के {total} होंगे।",
    _L.HINGLISH: "{item} ka daam {price} hai, {amount} ke {total} honge.",
    _L.INDONESIAN: "Harga {item} {price}, jadi {amount} {total}.",
    _L.ARABIC: "سعر {item} هو {price}، و{amount} بـ {total}.",
}
HAVE = {
    _L.ENGLISH: "Yes, we have {items}.",
    _L.SPANISH: "Sí, tenemos {items}.",
    _L.PORTUGUESE: "Sim, temos {items}.",
    _L.FRENCH: "Oui, nous avons {items}.",
    _L.HINDI: "जी हाँ, हमारे पास है: {items}।",
    _L.HINGLISH: "Ji haan, hamare paas hai: {items}.",
    _L.INDONESIAN: "Ya, kami punya {items}.",
    _L.ARABIC: "نعم، لدينا {items}.",
}
WHICH = {
    _L.ENGLISH: "Which one do you mean: {items}?",
    _L.SPANISH: "¿Cuál desea: {items}?",
    _L.PORTUGUESE: "Qual deles: {items}?",
    _L.FRENCH: "Lequel souhaitez-vous : {items} ?",
    _L.HINDI: "आप कौन सा चाहते हैं: {items}?",
    _L.HINGLISH: "Aap kaunsa chahte hain: {items}?",
    _L.INDONESIAN: "Yang mana: {items}?",
    _L.ARABIC: "أيها تقصد: {items}؟",
}
OR = {
    _L.ENGLISH: " or ", _L.SPANISH: " o ", _L.PORTUGUESE: " ou ", _L.FRENCH: " ou ", _L.HINDI: " या ",
    _L.HINGLISH: " ya ", _L.INDONESIAN: " atau ", _L.ARABIC: " أو ",
}  # fmt: skip
PER = {
    _L.ENGLISH: "per", _L.SPANISH: "por", _L.PORTUGUESE: "por", _L.FRENCH: "par", _L.HINDI: "per",
    _L.HINGLISH: "per", _L.INDONESIAN: "per", _L.ARABIC: "per",
}  # fmt: skip


def worded(texts: dict[Language, str], language: Language, **facts: str) -> str:
    """The text in `language` with its places filled."""
    return best(texts, language).format(**facts)
