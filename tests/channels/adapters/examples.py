"""What the conformance suite is told of our own transports: golden payloads, and a yes for each send."""

from typing import Any

import orjson

from samvad.channels.adapters.chat.adapter import ChatAdapter
from samvad.channels.adapters.evolution.adapter import EvolutionAdapter
from samvad.channels.adapters.evolution.settings import HEADER as EVOLUTION_HEADER
from samvad.channels.adapters.green_api.adapter import GreenAdapter
from samvad.channels.adapters.meta import signature
from samvad.channels.adapters.meta.adapter import MetaAdapter, SandboxAdapter
from samvad.channels.adapters.telegram.adapter import HEADER, TelegramAdapter
from samvad.channels.adapters.twilio import signature as twilio
from samvad.channels.adapters.twilio.adapter import TwilioAdapter
from samvad.channels.codec import content_from_json
from samvad.channels.testing import BODY, Answer, Asked, Example
from samvad.channels.types import TARGET, ChannelAdapter, Content, Identity, IdentityKind, Kind, RawRequest
from tests.channels.adapters import golden
from tests.support.contents import CONTENTS, STORED, TEMPLATE


def calls(provider: str, *names: str) -> dict[str, RawRequest]:
    """Golden payloads of this provider; without names all of them."""
    found = {case.stem: case for case in golden.cases(provider)}
    return {name: RawRequest({}, found[name].read_bytes()) for name in names or found}


def contents(adapter: type[ChannelAdapter], **instead: dict[str, Any]) -> list[Content]:
    """One of each kind that it can send."""
    given = {
        kind: fields for kind, fields in (STORED | instead).items() if kind in adapter.capabilities.kinds
    }
    return [content_from_json(Kind(kind), fields) for kind, fields in given.items()]


def uploaded(asked: Asked) -> bool:
    """A file that Meta was handed, to be sent by its id afterwards."""
    return asked.path.endswith("/media")


def graph(asked: Asked) -> Answer:
    if uploaded(asked):
        return Answer(body=b'{"id":"4711"}')
    body = orjson.loads(asked.body)
    if body.get("status") == "read":
        return Answer(body=b'{"success":true}')
    return Answer(body=b'{"messages":[{"id":"wamid.NEW"}],"contacts":[{"wa_id":"919876543210"}]}')


def bot(asked: Asked) -> Answer:
    form = b'name="chat_id"' in asked.body
    chat = 5301447720 if form else orjson.loads(asked.body).get("chat_id")
    if asked.path.rpartition("/")[2] in {"setMessageReaction", "sendChatAction", "answerCallbackQuery"}:
        return Answer(body=b'{"ok":true,"result":true}')
    sent = {"message_id": 900, "date": 1760000000, "chat": {"id": chat, "type": "private"}}
    return Answer(body=orjson.dumps({"ok": True, "result": sent}))


def like_meta(adapter: type[ChannelAdapter], *names: str) -> Example:
    return Example(
        adapter=adapter,
        values={
            "phone_number_id": "106540352242922",
            "waba_id": "102290129340398",
            "access_token": "EAAG-access-token-of-the-suite",
            "app_secret": "app-secret-of-the-suite",
            "display_phone_number": "+91 98100 12345",
            "graph_version": "v23.0",
        },
        calls=calls("meta", *names),
        proven=frozenset({BODY, signature.HEADER}),
        to=(Identity(IdentityKind.WA_ID, "919876543210"),),
        accepts=graph,
        contents=contents(adapter),
        target="wamid.ASKED",
        asks=uploaded,
    )


META = like_meta(
    MetaAdapter,
    *(
        "text",
        "text_reply",
        "text_two_people",
        "image_with_caption",
        "contacts",
        "form_reply",
        "edit",
        "order",
    ),
    *("reaction", "number_changed", "echo_text", "status_failed_131026", "marketing_stop", "account_banned"),
    *("two_tenants", "bsuid_only", "nobody_named_but_one_contact", "broken_among_good", "self_test"),
)
SANDBOX = like_meta(SandboxAdapter, "text", "status_delivered")

TELEGRAM = Example(
    adapter=TelegramAdapter,
    values={
        "bot_token": "7104225518:AAF-token_of_the_suite_0123456789abc",
        "bot_name": "@govind_dairy_bot",
        "receive": "webhook",
    },
    calls=calls(
        "telegram",
        *(
            "text",
            "text_reply_to_ours",
            "text_forwarded",
            "start_with_payload",
            "photo",
            "video",
            "animation",
        ),
        *("voice", "document", "sticker", "location", "venue", "contact", "web_app_data", "unknown_kind"),
        *("button_pressed", "button_outside_a_chat", "edited_text", "edited_live_location", "reaction"),
        *("reaction_removed", "blocked", "group_message", "business_message", "unknown_update", "self_test"),
    ),
    proven=frozenset({HEADER}),
    to=(Identity(IdentityKind.TELEGRAM, "5301447720"),),
    accepts=bot,
    contents=contents(TelegramAdapter),
    target="5301447720:412",
)


def about_contents(asked: Asked) -> bool:
    """What Twilio is asked before it sends buttons or a list."""
    return asked.path.startswith(("/v1/Content", "/v2/Content"))


def messaging(asked: Asked) -> Answer:
    if about_contents(asked):
        found = b'{"contents":[],"meta":{}}' if asked.method == "GET" else b'{"sid":"HX01"}'
        return Answer(200 if asked.method == "GET" else 201, found)
    return Answer(201, b'{"sid":"SM01","status":"queued","error_code":null}')


TWILIO = Example(
    adapter=TwilioAdapter,
    values={
        "account_sid": "AC0f3a8c1e5d7b49268a0c4e2d6f8b1a35",
        "auth_token": "auth-token-of-the-suite",
        "secondary_auth_token": "secondary-token-of-the-suite",
        "sender": "+14155550100",
    },
    calls=calls(
        "twilio",
        *("text", "image", "button_reply", "list_reply", "location", "contact_card", "media_without_url"),
        *("kind_unknown_without_body", "nothing_of_ours", "sms", "debugger", "event_object", "event_stream"),
        *("status_accepted", "status_canceled", "status_by_service", "self_test"),
    ),
    proven=frozenset({BODY, TARGET, twilio.HEADER}),
    to=(Identity(IdentityKind.PHONE, "+919876543210"),),
    accepts=messaging,
    asks=about_contents,
    contents=contents(
        TwilioAdapter,
        buttons={"body": "Tomorrow?", "buttons": CONTENTS["buttons"]["buttons"]},
        list={
            "body": "What shall we bring?",
            "button": "Choose",
            "sections": [{"rows": CONTENTS["list"]["sections"][0]["rows"]}],
        },
        document={"link": "https://dairy.example/prices.pdf"},
        template=TEMPLATE
        | {"external_id": "HX01", "values": TEMPLATE["values"] | {"header.1": "Asha", "button.1": "Asha"}},
    ),
)


def instance(asked: Asked) -> Answer:
    if "/getStateInstance/" in asked.path:
        return Answer(body=b'{"stateInstance":"authorized"}')
    if "/readChat/" in asked.path:
        return Answer(body=b'{"setRead":true}')
    return Answer(body=b'{"idMessage":"3EB0C767D097B7C7C030"}')


GREEN_API = Example(
    adapter=GreenAdapter,
    values={
        "instance_id": "7103000042",
        "api_token": "api-token-of-the-suite",
        "webhook_token": "webhook-token-of-the-suite",
        "receive": "webhook",
        "ban_risk": "yes",
    },
    calls=calls("green-api"),
    proven=frozenset({"authorization"}),
    to=(Identity(IdentityKind.WA_ID, "919876543210"),),
    accepts=instance,
    contents=contents(GreenAdapter),
    asks=lambda asked: "/getStateInstance/" in asked.path,
)


def gateway(asked: Asked) -> Answer:
    if about_the_link(asked):
        return Answer(body=b'{"instance":{"instanceName":"shop","state":"open"}}')
    if not asked.path.startswith("/message/"):
        return Answer(201, b'{"read":"success"}')
    key = b'{"remoteJid":"919876543210@s.whatsapp.net","fromMe":true,"id":"3EB0C767D097B7C7C030"}'
    return Answer(201, b'{"key":%b,"status":"PENDING"}' % key)


def about_the_link(asked: Asked) -> bool:
    return asked.path.startswith("/instance/")


EVOLUTION = Example(
    adapter=EvolutionAdapter,
    values={
        "base_url": "https://gateway.example.org",
        "instance": "shop",
        "api_key": "api-key-of-the-suite",
        "phone": "+91 98765 43210",
        "ban_risk": "yes",
        "webhook_secret": "webhook-secret-of-the-suite",
    },
    calls=calls(
        "evolution",
        *("text_by_hidden_name_alone", "image_hash_as_text", "edit_by_update", "echo_of_ours"),
        *("status_counted", "connection_close_401", "call", "listed_by_us", "qr_code", "self_test"),
    ),
    proven=frozenset({EVOLUTION_HEADER}),
    to=(Identity(IdentityKind.WA_ID, "919876543210"),),
    accepts=gateway,
    contents=contents(EvolutionAdapter),
    target="919876543210@s.whatsapp.net_3EB0ASKED",
    asks=about_the_link,
)


def program(asked: Asked) -> Answer:
    """A shop's own program: takes a reply and names it."""
    said = orjson.loads(asked.body)
    return Answer(body=orjson.dumps({"received": (said.get("message") or said)["id"]}))


CHAT = Example(
    adapter=ChatAdapter,
    values={"api_key": "api-key-of-the-suite-0001", "signing_secret": "signing-secret-of-the-suite"},
    calls=calls("chat"),
    proven=frozenset({"authorization"}),
    to=(Identity(IdentityKind.VISITOR, "anna"),),
    accepts=program,
    contents=contents(ChatAdapter),
)
