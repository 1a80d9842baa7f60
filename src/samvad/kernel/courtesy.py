"""Words of courtesy and emphasis that carry no meaning of their own around a keyword."""

from samvad.kernel.words import unify

_BY_LANGUAGE = (
    "please pls plz plzz plss kindly ok okay okk k now just hi hello hey hii dear "
    "sir madam mam maam bro man team "
    "guys thanks thx ty tnx right immediately asap already really seriously "
    "i said so and oh ugh wtf omg lol",
    "por favor porfavor porfa xfa plis gracias ya ahora hola senor senora senorita "
    "amigo amiga oye bueno vale mismo",
    "obrigado obrigada obg agora ola oi senhor senhora moco moca pfv pf pfvr favor tchau amigo gente",
    "s il vous te plait svp stp merci bonjour bonsoir salut monsieur madame maintenant",
    "कृपया प्लीज प्लीज़ जी भाई सर मैडम धन्यवाद शुक्रिया नमस्ते अब अभी तुरंत यार",
    "kripya kripaya ji bhai bhaiya sir madam dhanyavad dhanyawad shukriya namaste ab "
    "abhi yaar yar bhaisahab arre",
    "tolong mohon min kak mbak pak bu gan ya yaa dong deh lah nih sih terima "
    "kasih makasih trims halo hai sekarang",
    "من فضلك فضلكم لو سمحت سمحتم سمحتي رجاء ارجوك ارجوكم شكرا الان فورا مرحبا السلام عليكم يا اخي",
)
_THANK_YOU = ("thank", "you")
COURTESY = frozenset(unify(word) for words in _BY_LANGUAGE for word in words.split())


def without_courtesy(said: tuple[str, ...]) -> tuple[str, ...]:
    """`said` without courtesy at its two ends; "you" is one only after "thank"."""
    start, end = 0, len(said)
    while start < end and (said[start] in COURTESY or said[start : start + 2] == _THANK_YOU):
        start += 2 if said[start] == "thank" else 1
    while end > start and (said[end - 1] in COURTESY or said[end - 2 : end] == _THANK_YOU):
        end -= 2 if said[end - 2 : end] == _THANK_YOU else 1
    return said[start:end] if start < end else ()
