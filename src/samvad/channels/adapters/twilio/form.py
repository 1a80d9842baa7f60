"""What connecting a WhatsApp number of Twilio takes."""

from collections.abc import Mapping

from samvad.channels.types import FieldRole, FormField, Guide

OFFICIAL = "https://api.twilio.com"

FORM = (
    FormField(
        "account_sid",
        FieldRole.ACCOUNT,
        "Account SID",
        help="Of the account or subaccount that owns the number: AC and 32 characters.",
        pattern=r"AC[0-9a-f]{32}",
        longest=34,
        required=True,
        fixed=True,
    ),
    FormField(
        "auth_token",
        FieldRole.SECRET,
        "Auth token",
        help="Of the same account: it signs what Twilio sends here, and lets us send.",
        required=True,
    ),
    FormField(
        "sender",
        FieldRole.DISPLAY,
        "WhatsApp number",
        help="With country code, such as +14155238886. For Twilio's sandbox: the sandbox's number.",
        pattern=r"\+[1-9]\d{6,14}",
        longest=16,
        required=True,
        fixed=True,
    ),
    FormField(
        "messaging_service_sid",
        FieldRole.OPTION,
        "Messaging service SID",
        help="If the number is in the sender pool of one: MG and 32 characters.",
        pattern=r"MG[0-9a-f]{32}",
        longest=34,
        advanced=True,
    ),
    FormField(
        "secondary_auth_token",
        FieldRole.SECRET,
        "Secondary auth token",
        help="While you change tokens: what is signed with either is believed.",
        advanced=True,
    ),
    FormField(
        "base_url",
        FieldRole.BASE_URL,
        "Base URL",
        help="Of the API. Empty: the one in the United States.",
        pattern=r"https?://[^\s/?#]+(:\d+)?(/[^\s?#]*)?",
        longest=300,
        advanced=True,
    ),
    FormField("address", FieldRole.ADDRESS, "Number within its account", fixed=True, asked=False),
)

GUIDE = Guide(
    "Open console.twilio.com: Account SID and auth token stand on its first page under Account info, your "
    "number under Messaging, Senders, WhatsApp senders.",
    (
        "In Twilio's console open Messaging, Senders, WhatsApp senders, and choose your number; with the "
        "sandbox: Messaging, Try it out, Send a WhatsApp message, Sandbox settings.",
        "Paste the webhook URL with #rc=3&rp=all at its end under 'When a message comes in', method POST: "
        "with that Twilio tries again when we cannot be reached.",
        "Leave the status callback empty: every message that we send names its own.",
    ),
)


def complete(values: Mapping[str, str]) -> Mapping[str, str]:
    """With the address: every account has the sandbox's number, so a number alone names nobody."""
    given = {name: value for name, value in values.items() if value}
    account, number = given.get("account_sid", ""), given.get("sender", "")
    return {"base_url": OFFICIAL, **given, "address": address(account, number)}


def address(account: str, number: str) -> str:
    """`number` in E.164; "" unless both are there."""
    return f"{account}/{number}" if account and number else ""


def number_of(address: str) -> str:
    return address.partition("/")[2]
