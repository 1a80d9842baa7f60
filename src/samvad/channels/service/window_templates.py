"""The template that a channel's automations use where the window is closed: chosen by people, filled here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.channels.adapters.registry import installed
from samvad.channels.errors import KindNotSent, TemplateNotSent
from samvad.channels.repository import channels
from samvad.channels.repository.channels import Channels
from samvad.channels.rules import templates as rules
from samvad.channels.service import contents, templates
from samvad.channels.types import Channel, ListedTemplate, TemplateCategory, TemplateChoice, TemplateMessage
from samvad.kernel.errors import Conflict, Invalid
from samvad.platform.db import ReadScope, Scope

_SAMPLE: Mapping[str, str] = {
    rules.NAME: "Asha",
    rules.TELEPHONE: "+919811500001",
    rules.REPLY: "Yes, until nine.",
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """What is sent in place of an automatic message; `carries`: it says the message's own words."""

    message: TemplateMessage
    carries: bool


async def choose(scope: Scope, channel: Channel, choice: TemplateChoice | None, *, at: datetime) -> None:
    """None: automatic messages are held instead. Raises KindNotSent, TemplateNotSent, Invalid."""
    if choice is not None:
        if not installed()[channel.provider].capabilities.window:
            raise KindNotSent("This channel has no window: its automatic messages always leave as they are")
        listed = await _answering(scope, channel, choice)
        contents.judge(installed()[channel.provider], templates.fill(listed, choice, _SAMPLE))
    await channels.set_window_template(scope, channel.id, choice, at=at)


async def with_one(scope: ReadScope, channel: UUID) -> Channel | None:
    """The channel, if a template was chosen for it."""
    found = await Channels(scope).get(channel)
    return found if found and found.window_template else None


async def in_place(scope: ReadScope, channel: Channel, facts: Mapping[str, str]) -> StandIn | str:
    """What the template that was chosen for the channel says with these facts, or why it cannot be sent."""
    choice = channel.window_template
    if choice is None:
        return "no template is chosen"
    try:
        message = templates.fill(await _answering(scope, channel, choice), choice, facts)
        contents.judge(installed()[channel.provider], message)
    except (Conflict, Invalid) as unfit:
        return unfit.detail or unfit.title
    return StandIn(message, rules.carries_reply(choice.values))


async def _answering(scope: ReadScope, channel: Channel, choice: TemplateChoice) -> ListedTemplate:
    """A template that may be an answer; its provider may have moved it to another category since."""
    listed = (await templates.sendable(scope, channel, choice)).listed
    if listed.category is not TemplateCategory.UTILITY:
        shown = f"{choice.name[:60]!r} ({choice.language[:20]})"
        raise TemplateNotSent(f"The template {shown} is {listed.category.value}: only utility ones answer")
    return listed
