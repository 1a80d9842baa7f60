"""What connecting a number of the Cloud API takes."""

from samvad.channels.types import FieldRole, FormField, Guide

_ID = r"[A-Za-z0-9._-]{1,64}"

FORM = (
    FormField(
        "phone_number_id",
        FieldRole.ADDRESS,
        "Phone number ID",
        help="Shown under the number in the app's dashboard. Not the phone number itself.",
        pattern=_ID,
        longest=64,
        required=True,
        fixed=True,
    ),
    FormField(
        "waba_id",
        FieldRole.ACCOUNT,
        "WhatsApp Business Account ID",
        help="Needed to subscribe to events and for templates.",
        pattern=_ID,
        longest=64,
    ),
    FormField(
        "access_token",
        FieldRole.SECRET,
        "Access token",
        help="Of a system user, with whatsapp_business_messaging and whatsapp_business_management.",
        longest=1000,
        required=True,
    ),
    FormField(
        "app_secret", FieldRole.SECRET, "App secret", help="Under Settings, Basic, of the app.", required=True
    ),
    FormField(
        "verify_token",
        FieldRole.SECRET,
        "Verify token",
        help="To be entered with the webhook URL in the dashboard. Left out, one is made.",
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
    FormField(
        "graph_version",
        FieldRole.OPTION,
        "Graph API version",
        help="Such as v23.0. Empty: the version that Samvad was tested with.",
        pattern=r"v\d{1,3}\.\d{1,2}",
        longest=8,
        advanced=True,
    ),
    FormField(
        "base_url",
        FieldRole.BASE_URL,
        "Base URL",
        help="Of the Graph API, without the version.",
        pattern=r"https?://[^\s/?#]+(:\d+)?(/[^\s?#]*)?",
        longest=300,
        advanced=True,
    ),
)

GUIDE = Guide(
    "Open your app on developers.facebook.com, then WhatsApp, API setup: both IDs stand below the number "
    "that you send from. The app secret is under App settings, Basic.",
    (
        "In the Meta app open WhatsApp, Configuration, and choose Edit beside Webhook.",
        "Paste the webhook URL and the verify token, then choose Verify and save.",
        "Below, under Webhook fields, subscribe to messages, and to message_template_status_update, "
        "message_template_quality_update and template_category_update for news of your templates.",
    ),
)
