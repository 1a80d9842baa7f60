"""Which of our languages a burst is in: cheap and pure, for rules and system texts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from samvad.kernel.calibration import logistic
from samvad.kernel.language import Language
from samvad.kernel.words import words

_L = Language
_TELLING = 2.0  # a word that only this language has
_SHARED = 0.6
_ENOUGH = 1.5
_AHEAD = 0.5
_MANY = 12  # letters of a script that make a case
# log-odds, fitted on texts of eight languages in tests/; tests/assistant/test_language.py measures them
_BIAS, _LEAD = -2.2, 4.0
_SCRIPT_BIAS, _SCRIPT_LETTER = 2.0, 0.2

_OWN: dict[Language, str] = {
    _L.ENGLISH: """the is are was were what when where which who why how this that these those with from
    have has had
        will would can could should do does did not dont didnt cant you your my we our they their please
        thanks thank
        want need price much many about any some there here get give send tell know looking buy order
        delivery and of
        for it i im ive its be been hello yes okay good morning evening help available still interested cost
        let see call today tomorrow open close time does isnt working received work make refund my to an
        at""",
    _L.SPANISH: """el los las una uno unos es son esta estan estoy hola gracias buenos buenas dias
    tardes noches cuanto
        cuesta cuestan precio precios quiero necesito tengo tiene tienen donde cuando cual quien porque
        pero muy usted
        ustedes puedo puede pueden hay mi su sus del al con por favor si no ya mas informacion envio
        envios pedido
        llego ayuda hacen hace aceptan tarjeta horario abren cierran sabado disponible disponibles y o
        lo le nada
        adios hasta luego manana ahora todavia mucho bien vale estan quisiera saber comprar cuales
        funciona llega
        porfa ayer cita abierto cerrado abierta hoy interesa mensajes mensaje recibir dejen dejar deja
    manden mandarme enviarme envien deseo seguir basta estos tantos numero cosas les pido hago como este
    soy eres era fue ser hacer otro otra algo alguien nadie siempre nunca entonces tambien
    publicidad paren me escriban lista de para por saquen salir darme""",
    _L.PORTUGUESE: """nao voce voces vc vcs uma um os as oi ola obrigado obrigada bom boa dia tarde
    noite quanto custa
        custam preco precos quero preciso tenho tem onde quando qual quem mas muito muita posso pode
        podem sou estou
        esta meu minha seu sua do da dos das no na em com por favor sim ja mais informacao entrega
        pedido chegou ajuda
        fazem aceitam cartao horario abrem fecham sabado disponivel voce tchau ate amanha agora ainda
        bem valeu
        gostaria saber comprar quais isso este tambem pra ta aqui funciona chega eu ontem hoje
        aberto foi mensagens mensagem parem parar receber essas essa lista numero pare deixar mandem
    como para de mandar fazer outro outra alguem ninguem sempre nunca entao deles por que publicidade
    cancelo favor me sou era""",
    _L.FRENCH: """le les des une un est sont suis je tu vous nous bonjour bonsoir salut merci combien
    coute coutent prix
        veux voudrais besoin avez avec pour dans sur ou quand quel quelle quels qui pourquoi mais tres
        pas ne plus
        s il plait oui non mon ma mes votre vos du au aux et c ca cette ce livraison commande arrive
        aide faites
        acceptez carte horaires ouvrez fermez samedi disponible disponibles au revoir demain maintenant
        encore bien
        acheter savoir peux peut pouvez arretez arreter recevoir cessez comment liste de
    numero contacter toujours jamais rien quelque chose autre aussi alors parce fait faire etre avoir
    il elle ils est-ce qu n d l j j'ai a-t-il svp aujourd hui ouvert ferme hier""",
    _L.HINGLISH: """kya hai hain kaise kaisa kaisi kitna kitne kitni kab kahan kaha kyu kyun kyon kaun
    kaunsa mujhe muje
        mera meri mere aap ap aapka aapke aapki apka tum tera hum humko chahiye chaiye chahie batao
        bataiye bata karo
        kro karna karni kar raha rahe rahi hoga hogi milega milegi milta nahi nahin nhi haan han ji acha
        accha theek
        thik bhai bhaiya namaste namaskar dhanyavad shukriya abhi aaj kal ka ki ke ko se mein mai main
        aur ya par lekin
        bhi toh na wala wali wale do dijiye dedo bhej bhejo bhejiye yeh woh kuch koi sab jaldi paisa
        paise rupaye
        ghar dukan daam bolo sakte sakta sakti hu hoon hun tha thi liye aaya gaya ho yaar krna dena lena
        kimat h mat band bhejna bhejte karke karna pe kijiye bhejiye isko usko ye ho
    waali log itne roz""",
    _L.INDONESIAN: """apa apakah berapa harga harganya saya aku mau ingin bisa tidak tdk gak nggak ini
    itu yang di ke
        dari dan ada kak kakak dong sih nih belum sudah udah pesan pesanan dengan untuk kapan dimana
        mana terima kasih
        makasih halo selamat pagi siang sore malam ya iya bagaimana gimana kenapa siapa kalau kalo atau
        juga lagi
        jam buka tutup kirim barang stok ready masih tolong bantu mohon nomor alamat bayar beli gratis
        ongkir minta
        info besok hari kami kita anda kamu banget aja saja nya sampai rusak boleh lihat permisi
        assalamualaikum""",
}
_MARKS = {
    "ñ": (_L.SPANISH, 2.0), "¿": (_L.SPANISH, 3.0), "¡": (_L.SPANISH, 3.0), "ã": (_L.PORTUGUESE, 2.0),
    "õ": (_L.PORTUGUESE, 2.0), "è": (_L.FRENCH, 1.5), "œ": (_L.FRENCH, 2.0), "û": (_L.FRENCH, 1.5),
    "ù": (_L.FRENCH, 1.5), "î": (_L.FRENCH, 1.5), "ë": (_L.FRENCH, 1.0), "ê": (_L.FRENCH, 0.4),
}  # fmt: skip
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_GREETING = {
    "hi",
    "hello",
    "hey",
    "ok",
    "okay",
    "thanks",
    "stop",
    "start",
    "yes",
    "no",
    "help",
    "info",
    "menu",
}


def _weights() -> dict[str, dict[Language, float]]:
    owners: dict[str, list[Language]] = {}
    for language, text in _OWN.items():
        for word in {word for word in words(text) if len(word) > 1}:
            owners.setdefault(word, []).append(language)
    return {
        word: dict.fromkeys(found, _TELLING if len(found) == 1 else _SHARED) for word, found in owners.items()
    }


_WEIGHTS = _weights()


@dataclass(frozen=True, slots=True)
class Told:
    """What a text's language is taken to be, and the calibrated probability that it is."""

    language: Language
    confidence: float


def guess(texts: Sequence[str], *, default: Language) -> Language:
    """The language of `texts` read as one; `default` when they do not tell."""
    return tell(texts, default=default).language


def tell(texts: Sequence[str], *, default: Language) -> Told:
    """The language of `texts` read as one, or `default`, with how sure that is."""
    raw = _ADDRESS.sub(" ", "\n".join(texts))
    script = _by_script(raw)
    if script is not None:
        return Told(script, logistic(_SCRIPT_BIAS + _SCRIPT_LETTER * min(_letters(raw), _MANY)))
    score: dict[Language, float] = {}
    for language, weight in _evidence(raw):
        score[language] = score.get(language, 0) + weight
    most = max(score.values(), default=0)
    near = [language for language, points in score.items() if most - points < _AHEAD]
    found = near[0] if most >= _ENOUGH and len(near) == 1 else default
    return Told(found, logistic(_BIAS + _LEAD * log1p(_lead(found, score))))


def _lead(found: Language, score: Mapping[Language, float]) -> float:
    """How many points `found` is ahead of every other language."""
    others = max((points for language, points in score.items() if language != found), default=0)
    return max(score.get(found, 0) - others, 0)


def _letters(raw: str) -> int:
    return sum(map(str.isalpha, raw))


def _evidence(raw: str) -> Iterator[tuple[Language, float]]:
    said = words(raw)
    if len(said) == 1 and said[0] in _GREETING:
        return  # the whole world says hello
    for word in said:
        yield from _WEIGHTS.get(word, {}).items()
    for char in raw.lower():
        if char in _MARKS:
            yield _MARKS[char]


def _by_script(raw: str) -> Language | None:
    arabic = sum("\u0600" <= c <= "\u06ff" or "\u0750" <= c <= "\u077f" for c in raw)
    devanagari = sum("\u0900" <= c <= "\u097f" for c in raw)
    latin = sum(c.isalpha() and c < "\u0250" for c in raw)
    if max(arabic, devanagari) * 2 <= latin:
        return None
    if not (arabic or devanagari):
        return None
    return Language.ARABIC if arabic > devanagari else Language.HINDI
