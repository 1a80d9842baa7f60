"""What connecting an instance of an Evolution API gateway takes."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from samvad.channels.adapters.whatsapp import BAN_RISK
from samvad.channels.types import FieldRole, FormField, Guide

PHONE, STRANGERS = "phone", "new_people_a_day"
FEW = 20  # nobody knows WhatsApp's own measure; a young number is banned for less than an old one

FORM = (
    FormField(
        "base_url",
        FieldRole.BASE_URL,
        "Gateway URL",
        help="Where your Evolution API answers, such as https://gateway.example.",
        pattern=r"https?://[^\s/?#]+(:\d+)?(/[^\s?#]*)?",
        longest=300,
        required=True,
    ),
    FormField(
        "instance",
        FieldRole.OPTION,
        "Instance",
        help="Its name at the gateway. One that is not there yet is made, if the key may do that.",
        pattern=r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,99}",
        longest=100,
        required=True,
        fixed=True,
    ),
    FormField(
        "api_key",
        FieldRole.SECRET,
        "API key",
        help="The gateway's own key (AUTHENTICATION_API_KEY), or the token of the instance.",
        required=True,
    ),
    FormField(
        PHONE,
        FieldRole.OPTION,
        "Number",
        help="With country code, such as +919876543210: then the phone can be linked by a code of eight "
        "characters too.",
        pattern=r"\+?[0-9][0-9 ()\-]{6,30}",
        longest=32,
    ),
    BAN_RISK,
    FormField(
        "webhook_secret",
        FieldRole.SECRET,
        "Webhook secret",
        help="What the gateway's calls must carry; the self-test tells it to the gateway. Left out, one is "
        "made.",
        pattern=r"[A-Za-z0-9_\-]{24,128}",
        longest=128,
        made=True,
        advanced=True,
    ),
    FormField(
        STRANGERS,
        FieldRole.OPTION,
        "New people a day",
        help=f"How many who never wrote here may be written to within 24 hours. Left out: {FEW}.",
        pattern=r"[0-9]{1,4}",
        longest=4,
        advanced=True,
    ),
    FormField("account", FieldRole.ACCOUNT, "Account", fixed=True, asked=False),
    FormField(
        "display_phone_number", FieldRole.DISPLAY, "Number as people write it", fixed=True, asked=False
    ),
    FormField("address", FieldRole.ADDRESS, "Instance at its gateway", fixed=True, asked=False),
)

GUIDE = Guide(
    "The gateway URL and AUTHENTICATION_API_KEY stand in the .env of your Evolution API (version 2). "
    "A gateway on this machine or in your own network has to stand in SAMVAD_HTTP__ALLOW_HOSTS.",
)


def complete(values: Mapping[str, str]) -> Mapping[str, str]:
    """With the address: an instance's name is unique at its own gateway only."""
    given = {name: value for name, value in values.items() if value}
    given.pop("display_phone_number", None)
    if phone := given.get(PHONE):
        given["display_phone_number"] = phone
    if "address" not in given and (address := _address(given)):
        given["address"] = address
    return given | ({"account": given["address"]} if "address" in given else {})


def _address(given: Mapping[str, str]) -> str:
    instance, base = given.get("instance", ""), given.get("base_url", "")
    try:
        parts = urlsplit(base)
        place = f"{parts.netloc.lower()}{parts.path.rstrip('/')}"
    except ValueError:
        place = ""
    return f"{instance}@{place}" if instance and place else ""
