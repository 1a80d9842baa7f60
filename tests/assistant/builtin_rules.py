"""The first rules as a tenant has them, without a database."""

from samvad.assistant.prompts.builtin import BUILTIN
from samvad.assistant.types import Rule
from samvad.kernel.ids import new_id

RULES = [
    Rule(
        id=new_id(), name=d.name, match=d.match, phrases=d.phrases, action=d.action, text=d.text,
        texts=d.texts, topic=d.topic, position=position, enabled=True, builtin=builtin.value,
    )
    for position, (builtin, d) in enumerate(BUILTIN.items(), 1)
]  # fmt: skip
