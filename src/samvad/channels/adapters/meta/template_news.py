"""What Meta tells of templates: reviewed, paused, of another quality or category."""

from samvad.channels.adapters.meta import layouts
from samvad.channels.adapters.reading import ident, objekt, words
from samvad.channels.types import JsonObject, TemplateNews, Unparsable

_STATUS = "message_template_status_update"
_QUALITY = "message_template_quality_update"
_CATEGORY = "template_category_update"
_COMPONENTS = "message_template_components_update"
NEWS = frozenset({_STATUS, _QUALITY, _CATEGORY, _COMPONENTS})

_NO_CHANGE = frozenset({"FLAGGED", "UNLOCKED"})  # may be sent as before


def template_news(field: str, value: JsonObject) -> TemplateNews | Unparsable:
    id_ = ident(value, "message_template_id")
    name, language = ident(value, "message_template_name"), ident(value, "message_template_language")
    if not (id_ and name and language):
        return Unparsable("news of a template without its id, name and language", value)
    event = words(value, "event") or ""
    status = layouts.STATUSES.get(event) if field == _STATUS else None
    quality = layouts.quality(words(value, "new_quality_score")) if field == _QUALITY else None
    return TemplateNews(
        external_id=id_,
        name=name,
        language=language,
        status=status,
        quality=quality,
        category=layouts.category(words(value, "new_category")) if field == _CATEGORY else None,
        reason=_reason(value) if field == _STATUS else "",
        again=field == _COMPONENTS or (field == _STATUS and not status and event not in _NO_CHANGE),
    )


def _reason(value: JsonObject) -> str:
    """Meta's word, and its sentence where it wrote one."""
    word = words(value, "reason") or ""
    info = objekt(value, "rejection_info")
    other = objekt(value, "other_info")
    said = words(info, "reason") or words(other, "description") or ""
    return " ".join(part for part in ("" if word == "NONE" else word, said) if part)[:200]
