"""How people ask not to be written to any more, in eight languages."""

from samvad.contacts.rules.opt_out import (
    arabic,
    english,
    french,
    hindi,
    hinglish,
    indonesian,
    portuguese,
    spanish,
)
from samvad.kernel.phrases import keywords, phrases
from samvad.kernel.words import unify

_ALL = tuple(
    m.VOCABULARY for m in (english, spanish, portuguese, french, hindi, hinglish, indonesian, arabic)
)

BARE = tuple(word for each in _ALL for word in keywords(each.bare))
WORDS = tuple(word for each in _ALL for word in keywords(each.words))
PHRASES = tuple(phrase for each in _ALL for phrase in phrases(each.phrases, each.lists))
MESSAGES = frozenset(
    unify(word)
    for each in _ALL
    for word in f"{each.lists['obj']} {each.lists.get('ing', '')}".split()
    if "+" not in word
)
DEFUSED = tuple(phrase for each in _ALL for phrase in phrases(each.defused, each.lists))
