"""A template's parts between Twilio's content types and our record of them: read from a list, written down.

twilio.com/docs/content/content-types-overview. A content counts its variables over all of its parts.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import orjson

from samvad.channels.adapters.reading import ident, number, objekt, rows, words
from samvad.channels.rules.templates import PLACEHOLDER, code_of, fill, of_part, placeholders
from samvad.channels.types import (
    ButtonAct,
    HeaderFormat,
    JsonObject,
    JsonValue,
    ListedTemplate,
    TemplateButton,
    TemplateCategory,
    TemplateHeader,
    TemplateLayout,
    TemplateMessage,
    TemplateStatus,
)

STATUSES: Mapping[str, TemplateStatus] = {
    "approved": TemplateStatus.APPROVED,
    "received": TemplateStatus.PENDING,
    "pending": TemplateStatus.PENDING,
    "rejected": TemplateStatus.REJECTED,
    "paused": TemplateStatus.PAUSED,
    "disabled": TemplateStatus.DISABLED,
}
CATEGORIES: Mapping[str, TemplateCategory] = {kind.value: kind for kind in TemplateCategory}

_NOT_SUBMITTED = ("", "unsubmitted")  # no template of WhatsApp's: nobody reviews it
_CARD, _TEXT = "whatsapp/card", "twilio/text"
_OTP = "whatsapp/authentication"
_READ = (_OTP, _CARD, "twilio/card", "twilio/call-to-action", "twilio/quick-reply", "twilio/media", _TEXT)
_ACTS: Mapping[str, ButtonAct] = {
    "QUICK_REPLY": ButtonAct.QUICK_REPLY, "URL": ButtonAct.URL, "PHONE_NUMBER": ButtonAct.PHONE,
    "COPY_CODE": ButtonAct.COPY_CODE,
}  # fmt: skip
_TYPES = {act: word for word, act in _ACTS.items()}
_ENDINGS: Mapping[str, HeaderFormat] = {
    **dict.fromkeys((".jpg", ".jpeg", ".png"), HeaderFormat.IMAGE),
    **dict.fromkeys((".mp4", ".3gp"), HeaderFormat.VIDEO),
}
_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")  # of any name, ours or not


def listed(entry: JsonValue) -> ListedTemplate | None:
    """One entry of Twilio's list; None for what was never submitted to WhatsApp, or names neither itself
    nor its language."""
    approval = objekt(entry, "approval_requests")
    approval = objekt(approval, "whatsapp") or approval
    sid, language = ident(entry, "sid"), ident(entry, "language")
    name = ident(approval, "name") or ident(entry, "friendly_name")
    status = (words(approval, "status") or "").lower()
    if not (sid and name and language) or status in _NOT_SUBMITTED:
        return None
    return ListedTemplate(
        external_id=sid,
        name=name,
        language=language,
        category=category(words(approval, "category")),
        status=STATUSES.get(status, TemplateStatus.UNKNOWN),
        layout=layout(entry, reviewed_as=words(approval, "content_type") or ""),
        reason=(words(approval, "rejection_reason") or "")[:200],
    )


def category(word: str | None) -> TemplateCategory:
    """A word that WhatsApp invented since counts as marketing, which is held to the most."""
    return CATEGORIES.get((word or "").lower(), TemplateCategory.MARKETING)


def layout(entry: JsonValue, *, reviewed_as: str) -> TemplateLayout:
    """Of the type that was reviewed, else of the richest. What we cannot fill is named in `lacking`."""
    types, samples = objekt(entry, "types"), _samples(entry)
    type_ = reviewed_as if reviewed_as in types else next((one for one in _READ if one in types), "")
    part = objekt(types, type_ or next(iter(types), ""))
    if type_ == _OTP:
        return _password(part, samples, english=(words(entry, "language") or "").startswith("en"))
    body = words(part, "body") or words(part, "title") or ""
    buttons = [_button(action, samples) for action in rows(part, "actions")]
    media = [link for link in rows(part, "media") if isinstance(link, str)]
    lacking = [one for one in buttons if isinstance(one, str)]
    if type_ not in _READ:
        lacking.append(type_ or ", ".join(types) or "content")
    if len(media) > 1:
        lacking.append("several files")
    found = TemplateLayout(
        body=body,
        header=_file(media[0], samples) if media else _title(part, body, samples),
        footer=words(part, "footer") or words(part, "subtitle") or "",
        buttons=tuple(one for one in buttons if isinstance(one, TemplateButton)),
        examples={name: samples[name] for name in placeholders(body) if name in samples},
    )
    return replace(found, lacking=", ".join(lacking or _unfilled(part, found))[:200])


def _password(part: JsonValue, samples: Mapping[str, str], *, english: bool) -> TemplateLayout:
    """WhatsApp writes it, in the template's language: of others than English we know the code alone."""
    given = part if isinstance(part, dict) else {}
    minutes = number(part, "code_expiration_minutes")
    warned = " For your security, do not share this code." if given.get("add_security_recommendation") else ""
    actions = rows(part, "actions")
    return TemplateLayout(
        body=f"{{{{1}}}} is your verification code.{warned}" if english else "{{1}}",
        footer=f"This code expires in {minutes} minutes." if english and minutes else "",
        buttons=tuple(
            TemplateButton(act=ButtonAct.COPY_CODE, text=words(action, "copy_code_text") or "", code="{{1}}")
            for action in actions[:1]
        ),
        examples={"1": samples["1"]} if "1" in samples else {},
    )


def _unfilled(part: JsonValue, found: TemplateLayout) -> list[str]:
    """Variables that stand where no value of ours goes: Twilio would send their samples instead."""
    named = dict.fromkeys(_PLACE.findall(orjson.dumps(part).decode()))
    return [f"variable {name}" for name in named if name not in _variables(found)]


def _variables(layout: TemplateLayout) -> set[str]:
    """An address has one to fill at most."""
    header = layout.header
    links = [header.link] if header else []
    links += [text for button in layout.buttons for text in (button.url, button.code)]
    texts = (layout.body, header.text if header else "")
    whole = {name for text in texts for name in placeholders(text)}
    return whole | {name for link in links for name in placeholders(link)[:1]}


def _samples(entry: JsonValue) -> dict[str, str]:
    given = objekt(entry, "variables")
    return {name: words(given, name) or "" for name in given}


def _title(part: JsonValue, body: str, samples: Mapping[str, str]) -> TemplateHeader | None:
    title = words(part, "header_text") or words(part, "title") or ""
    if not title or title == body:
        return None
    return TemplateHeader(format=HeaderFormat.TEXT, text=title, example=_sample(title, samples))


def _file(link: str, samples: Mapping[str, str]) -> TemplateHeader:
    format_ = format_of(fill(link, samples)) or HeaderFormat.DOCUMENT
    return TemplateHeader(format=format_, link=link, example=_sample(link, samples))


def format_of(link: str) -> HeaderFormat | None:
    """What the reviewers take the file for, by the ending of its address; None: it has none."""
    try:
        ending = PurePosixPath(urlsplit(link).path).suffix.lower()
    except ValueError:
        return None
    return _ENDINGS.get(ending, HeaderFormat.DOCUMENT) if ending else None


def is_free(link: str) -> bool:
    """Whether all of a file's address is filled in when it is sent."""
    return PLACEHOLDER.fullmatch(link.strip()) is not None


def _sample(text: str, samples: Mapping[str, str]) -> str:
    return next((samples[name] for name in placeholders(text) if name in samples), "")


def _button(action: JsonValue, samples: Mapping[str, str]) -> TemplateButton | str:
    """Without a record for it, the name of its kind."""
    type_ = (words(action, "type") or "QUICK_REPLY").upper()
    act = _ACTS.get(type_)
    if act is None:
        return f"button {type_.lower()}"
    url, code = words(action, "url") or "", words(action, "code") or ""
    return TemplateButton(
        act=act,
        text=words(action, "title") or "",
        url=url if act is ButtonAct.URL else "",
        phone=words(action, "phone") or "",
        example=_sample(url or code, samples),
        code=code if act is ButtonAct.COPY_CODE else "",
    )


def filled(message: TemplateMessage) -> dict[str, list[str]]:
    """What each variable is to be, once for each part that has it: they must agree."""
    layout, values = message.layout, message.values
    found: dict[str, list[str]] = {}
    body, header = of_part("body", values), of_part("header", values)
    given = [(name, body.get(name, "")) for name in placeholders(layout.body)]
    if layout.header:
        given += [(name, header.get(name, "")) for name in placeholders(layout.header.text)]
        given += [(name, header.get("link", "")) for name in placeholders(layout.header.link)]
    for at, button in enumerate(layout.buttons):
        given += [(name, values.get(f"button.{at}", "")) for name in placeholders(button.url)]
        given += [(name, code_of(layout, at, values)) for name in placeholders(button.code)]
    for name, value in given:
        found.setdefault(name, []).append(value)
    return found


def written(parts: TemplateLayout) -> tuple[JsonObject, JsonObject]:
    """Types and variables of a new content: those of header and buttons are counted on after the body's,
    named ones stay the same variable wherever they stand."""
    counts = [int(name) for name in placeholders(parts.body) if name.isdigit()]
    numbers = count(1 + max(counts, default=0))
    variables: JsonObject = {name: parts.examples.get(name, "") for name in placeholders(parts.body)}

    def counted(text: str, example: str) -> str:
        for name in placeholders(text):
            one = str(next(numbers)) if name.isdigit() else name
            variables.setdefault(one, example)
            return PLACEHOLDER.sub(f"{{{{{one}}}}}", text)
        return text

    if not (parts.header or parts.footer or parts.buttons):
        return {_TEXT: {"body": parts.body}}, variables
    card: JsonObject = {"body": parts.body}
    if parts.header and parts.header.format is HeaderFormat.TEXT:
        card["header_text"] = counted(parts.header.text, parts.header.example)
    elif parts.header:
        card["media"] = [counted(parts.header.link or "{{1}}", parts.header.example)]
    if parts.footer:
        card["footer"] = parts.footer
    actions: list[JsonValue] = [_action(one, counted(_open(one), one.example)) for one in parts.buttons]
    if actions:
        card["actions"] = actions
    return {_CARD: card}, variables


def _open(button: TemplateButton) -> str:
    """What of it may hold a place."""
    return "{{1}}" if button.act is ButtonAct.COPY_CODE else button.url


def _action(button: TemplateButton, url: str) -> JsonObject:
    """`url`: its address, or the place of its code."""
    if button.act is ButtonAct.COPY_CODE:
        return {"type": _TYPES[button.act], "title": button.text or "Copy code", "code": url}
    action: JsonObject = {"type": _TYPES[button.act], "title": button.text}
    if button.act is ButtonAct.QUICK_REPLY:
        return action | {"id": button.text}
    return action | ({"url": url} if button.act is ButtonAct.URL else {"phone": button.phone})
