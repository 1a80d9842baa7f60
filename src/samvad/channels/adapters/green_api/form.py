"""What connecting an instance of Green API takes."""

from samvad.channels.adapters.whatsapp import BAN_RISK
from samvad.channels.types import FieldRole, FormField, Guide

OFFICIAL = "https://api.green-api.com"
POLL, WEBHOOK = "poll", "webhook"

FORM = (
    FormField(
        "instance_id",
        FieldRole.ADDRESS,
        "Instance ID",
        help="The number under idInstance in Green API's console. Not the phone number.",
        pattern=r"\d{4,20}",
        longest=20,
        required=True,
        fixed=True,
    ),
    FormField(
        "api_token",
        FieldRole.SECRET,
        "API token",
        help="The text under apiTokenInstance in the console.",
        required=True,
    ),
    FormField(
        "receive",
        FieldRole.OPTION,
        "How messages come in",
        help="Fetching works everywhere, also on a laptop. Calls need an address on the internet.",
        choices=((POLL, "Samvad fetches them"), (WEBHOOK, "Green API calls Samvad")),
    ),
    BAN_RISK,
    FormField(
        "api_url",
        FieldRole.BASE_URL,
        "API URL",
        help="The address under apiUrl in the console. Empty: the one that serves every instance.",
        pattern=r"https?://[^\s/?#]+(:\d+)?(/[^\s?#]*)?",
        longest=300,
        advanced=True,
    ),
    FormField(
        "webhook_token",
        FieldRole.SECRET,
        "Webhook token",
        help="What Green API's calls must carry; the self-test tells it to Green API. Left out, one is made.",
        made=True,
        advanced=True,
    ),
    FormField(
        "display_phone_number",
        FieldRole.DISPLAY,
        "Number",
        help="As people write it.",
        longest=32,
        fixed=True,
        advanced=True,
    ),
)

GUIDE = Guide(
    "Open console.green-api.com and choose your instance, or create one: idInstance and apiTokenInstance "
    "stand at the top.",
    (
        "Link the phone: in the console choose Scan QR code, on the phone open WhatsApp, Linked devices.",
        "Run the self-test: it says whether the phone is linked, and sets Green API up, which takes up to "
        "five minutes to show.",
    ),
)
