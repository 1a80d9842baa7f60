"""What a chat channel takes: nothing at all; a callback and a place for the widget if there are any."""

import hashlib
import re
from collections.abc import Mapping

from samvad.channels.types import FieldRole, FormField, Guide
from samvad.kernel.errors import FieldError, Invalid

MOST_ORIGINS = 20
MOST_QUICK = 6
QUICK = 64  # characters of a quick reply
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")

FORM = (
    FormField("public_key", FieldRole.ADDRESS, "Public key", fixed=True, asked=False),
    FormField("visitors", FieldRole.ACCOUNT, "Visitors", fixed=True, asked=False),
    FormField(
        "api_key",
        FieldRole.SECRET,
        "API key",
        help="Your program shows it with each call. Left empty, one is made and shown once.",
        pattern=r"[A-Za-z0-9_-]{24,128}",
        longest=128,
        made=True,
    ),
    FormField(
        "signing_secret",
        FieldRole.SECRET,
        "Signing secret",
        help="Signs what is posted to the callback URL. Left empty, one is made and shown once.",
        pattern=r"[A-Za-z0-9_-]{24,128}",
        longest=128,
        made=True,
        advanced=True,
    ),
    FormField(
        "allowed_origins",
        FieldRole.OPTION,
        "Sites with the widget",
        help="Their origins, such as https://shop.example, separated by spaces. The try-out page always may.",
        longest=1000,
    ),
    FormField(
        "widget_title", FieldRole.OPTION, "Widget title", help="Empty: the channel's name.", longest=60
    ),
    FormField(
        "greeting",
        FieldRole.OPTION,
        "Greeting",
        help="What the widget says before a visitor does.",
        longest=500,
    ),
    FormField(
        "quick_replies",
        FieldRole.OPTION,
        "Quick replies",
        help=f"Up to {MOST_QUICK}, separated by |, for visitors to press instead of typing.",
        longest=500,
    ),
    FormField(
        "callback_url",
        FieldRole.BASE_URL,
        "Callback URL",
        help="Replies to your visitors are posted here, signed. Empty: they are returned and fetched.",
        pattern=r"https?://[^\s#]+",
        longest=500,
    ),
    FormField(
        "accent",
        FieldRole.OPTION,
        "Colour",
        help="Of the widget's button, such as #0f766e.",
        pattern=r"#[0-9a-fA-F]{6}",
        longest=7,
        advanced=True,
    ),
    FormField("visitor_secret", FieldRole.SECRET, "Visitor secret", made=True, asked=False),
)

GUIDE = Guide(
    "Nothing is needed from anybody else: keys and secrets are made here.",
    (
        "Keep the API key where your program reads it; it is shown once.",
        "Put the widget's line into your site, or try it out first.",
    ),
)


def complete(values: Mapping[str, str]) -> dict[str, str]:
    """The public key follows from the first visitor secret and stays. Raises Invalid."""
    given = {name: value.strip() for name, value in values.items() if value.strip()}
    origins_of(given.get("allowed_origins", ""))
    quick_of(given.get("quick_replies", ""))
    if "public_key" not in given and "visitor_secret" in given:
        seed = given["visitor_secret"].encode("utf-8", "replace")
        given["public_key"] = hashlib.sha256(b"samvad chat key\n" + seed).hexdigest()[:24]
    if "public_key" in given:
        given["visitors"] = given["public_key"]
    return given


def origins_of(written: str) -> frozenset[str]:
    """Raises Invalid for what is none: a browser names scheme, host and port, nothing else."""
    found = [origin.rstrip("/").lower() for origin in re.split(r"[\s,]+", written.strip()) if origin]
    wrong = next((origin for origin in found if not _ORIGIN.fullmatch(origin)), None)
    if wrong is not None:
        detail = f"{wrong[:60]!r} is no origin: write https:// and the host, without a path"
        raise Invalid(errors=[FieldError("allowed_origins", detail)])
    if len(found) > MOST_ORIGINS:
        detail = f"holds {len(found)} origins, at most {MOST_ORIGINS} are allowed"
        raise Invalid(errors=[FieldError("allowed_origins", detail)])
    return frozenset(found)


def quick_of(written: str) -> tuple[str, ...]:
    """Raises Invalid."""
    found = tuple(dict.fromkeys(part.strip() for part in written.split("|") if part.strip()))
    if len(found) > MOST_QUICK or any(len(part) > QUICK for part in found):
        detail = f"holds more than {MOST_QUICK} replies, or one of more than {QUICK} characters"
        raise Invalid(errors=[FieldError("quick_replies", detail)])
    return found
