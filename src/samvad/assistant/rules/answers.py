"""What a matched rule says, in whose language."""

from samvad.assistant.prompts.system import Text, filled, text
from samvad.assistant.types import Action, Rule
from samvad.kernel.language import Language

_OF_ACTION = {
    Action.LOOKUP: Text.PERSON_WILL_ANSWER,
    Action.HANDOFF: Text.PERSON_WILL_ANSWER,
    Action.OPT_OUT: Text.OPTED_OUT_CONFIRMED,
    Action.OPT_IN: Text.OPTED_IN_CONFIRMED,
}


def words_of(rule: Rule, language: Language, *, business: str) -> str:
    """The rule's text in `language`, else its one text, else what its action says by itself."""
    own = rule.texts.get(language.value) or rule.text or rule.texts.get(Language.ENGLISH.value)
    if own:
        return filled(own, business=business)
    key = _OF_ACTION.get(rule.action)
    return text(key, language, business=business) if key else ""
