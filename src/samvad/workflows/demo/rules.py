"""What stays when a demo goes: pure."""

from collections.abc import Mapping
from dataclasses import fields, replace

from samvad.assistant.types import RuleDetails
from samvad.kernel.language import Language
from samvad.workflows.demo.types import Replaced, T


def restored(present: T, replaced: Replaced[T]) -> T:
    """Every field as it was before the demo, but for those that people have changed since."""
    untouched = {
        field.name: getattr(replaced.before, field.name)
        for field in fields(present)
        if getattr(present, field.name) == getattr(replaced.after, field.name)
    }
    return replace(present, **untouched)


def greeting_with(details: RuleDetails, words: Mapping[Language, str], *, main: Language) -> RuleDetails:
    """The greeting in the business's own words; languages that it has none for keep theirs."""
    own = {language.value: text for language, text in words.items()}
    return replace(details, text=words[main], texts={**details.texts, **own})
