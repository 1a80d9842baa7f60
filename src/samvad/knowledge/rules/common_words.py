"""Words that every text of a language has: they find nothing, but tell the languages apart."""


def _listed(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


STOP_WORDS = _listed(
    "a about am an and any are as at be been being but by can could did do does for from had has have",
    "he her here him his how i if in into is it its just me my of on or our out she should so some",
    "such than that the their them then there these they this those to too us was we were what when",
    "where which who whom whose why will with would you your s t",
)
ENGLISH = STOP_WORDS | _listed("not no yes all more please many much want need get")
# Of the languages that share the Latin letters; without what English has too.
OTHERS = (
    _listed(
        "el la los las un una de del que y en es por con para como se su lo al mas pero o si sin sobre",
        "cuando donde cuanto cuales cual hay esta estan tiene tienen puedo quiero mi mis sus nos os um",
        "uma do da dos das nao em com ao mais ou sem quando onde quanto qual quais ha tem posso quero meu",
        "minha voce voces le les des du et est qui dans pour par sur avec pas ne vous nous je il elle ce",
        "cette sont avez quel quelle combien comment puis votre vos kya hai hain kaise kahan kab kitna",
        "kitne ka ki ke ko mein nahi aur kar karna chahiye mujhe aap mera kyun ho hota apa apakah yang",
        "dan di dari untuk dengan ini itu tidak ada saya anda berapa bagaimana kapan bisa adalah",
    )
    - ENGLISH
)
