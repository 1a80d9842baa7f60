"""One content of every kind that can be sent, as the API takes it, and what each is on Meta's wire."""

from typing import Any

OURS = "0199c9b0-0000-7000-8000-000000000001"  # our id of the message that is sent
ASKED = "0199c9b0-0000-7000-8000-0000000000aa"  # our id of the message that the reaction is for

CONTENTS: dict[str, dict[str, Any]] = {
    "location": {
        "latitude": 28.6139, "longitude": 77.209, "name": "Shubhra Dairy", "address": "4 Market Road, Delhi",
    },
    "contacts": {"contacts": [{
        "name": {"formatted_name": "Ravi Kumar", "first_name": "Ravi"},
        "phones": [{"phone": "+1 202-555-0188", "type": "WORK", "wa_id": "12025550188"}],
        "emails": [{"email": "ravi@dairy.example"}],
        "org": {"company": "Shubhra Dairy"},
    }]},
    "reaction": {"message_id": ASKED, "emoji": "👍"},
    "buttons": {
        "body": "Shall we deliver tomorrow?", "footer": "Before nine",
        "buttons": [{"id": "yes", "title": "Yes"}, {"id": "no", "title": "Not tomorrow"}],
    },
    "list": {
        "header": "Milk", "body": "What shall we bring?", "button": "Choose",
        "sections": [
            {"title": "Cow", "rows": [{"id": "cow-1", "title": "1 litre", "description": "60 rupees"}]},
            {"title": "Buffalo", "rows": [{"id": "buffalo-1", "title": "1 litre"}]},
        ],
    },
    "cta_url": {"body": "See our prices", "display_text": "Prices", "url": "https://dairy.example/prices?a=1"},
    "location_request": {"body": "Where shall we deliver?"},
    "flow": {
        "body": "Tell us what you need", "cta": "Order", "flow_id": "1234567890", "screen": "ORDER",
        "data": {"litres": [1, 2], "name": None},
    },
    "image": {"link": "https://dairy.example/cow.jpg", "caption": "Our cow"},
    "video": {"link": "https://dairy.example/cow.mp4"},
    "document": {"link": "https://dairy.example/prices.pdf", "caption": "From May", "filename": "prices.pdf"},
    "audio": {"link": "https://dairy.example/moo.mp3"},
    "sticker": {"link": "https://dairy.example/cow.webp"},
}  # fmt: skip

TEMPLATE: dict[str, Any] = {
    "name": "order_ready", "language": "en", "category": "utility",
    "layout": {
        "header": {"format": "text", "text": "Order {{1}}", "example": "17"},
        "body": "Dear {{1}}, your order of {{2}} is ready.", "footer": "Shubhra Dairy",
        "buttons": [
            {"act": "quick_reply", "text": "Thanks"},
            {"act": "url", "text": "Track", "url": "https://dairy.example/o/{{1}}", "example": "17"},
        ],
        "examples": {"1": "Asha", "2": "milk"},
    },
    "values": {"header.1": "42", "body.1": "Asha", "body.2": "curd", "button.1": "42?a=1"},
    "said": "Dear Asha, your order of curd is ready.",
}  # fmt: skip

STORED = CONTENTS | {"template": TEMPLATE}  # which the API makes of the name of one

TEXTS = {
    "location": "Shubhra Dairy, 4 Market Road, Delhi",
    "contacts": "Ravi Kumar",
    "reaction": "👍",
    "buttons": "Shall we deliver tomorrow?",
    "list": "What shall we bring?",
    "cta_url": "See our prices",
    "location_request": "Where shall we deliver?",
    "flow": "Tell us what you need",
    "image": "Our cow",
    "video": "",
    "document": "From May",
    "audio": "",
    "sticker": "",
    "template": "Dear Asha, your order of curd is ready.",
}

WIRE: dict[str, dict[str, Any]] = {
    "location": {"type": "location", "location": CONTENTS["location"]},
    "contacts": {"type": "contacts", "contacts": CONTENTS["contacts"]["contacts"]},
    "reaction": {"type": "reaction", "reaction": {"message_id": "wamid.ASKED", "emoji": "👍"}},
    "buttons": {"type": "interactive", "interactive": {
        "type": "button",
        "body": {"text": "Shall we deliver tomorrow?"},
        "footer": {"text": "Before nine"},
        "action": {"buttons": [
            {"type": "reply", "reply": {"id": "yes", "title": "Yes"}},
            {"type": "reply", "reply": {"id": "no", "title": "Not tomorrow"}},
        ]},
    }},
    "list": {"type": "interactive", "interactive": {
        "type": "list",
        "header": {"type": "text", "text": "Milk"},
        "body": {"text": "What shall we bring?"},
        "action": {"button": "Choose", "sections": CONTENTS["list"]["sections"]},
    }},
    "cta_url": {"type": "interactive", "interactive": {
        "type": "cta_url",
        "body": {"text": "See our prices"},
        "action": {"name": "cta_url", "parameters": {
            "display_text": "Prices", "url": "https://dairy.example/prices?a=1",
        }},
    }},
    "location_request": {"type": "interactive", "interactive": {
        "type": "location_request_message",
        "body": {"text": "Where shall we deliver?"},
        "action": {"name": "send_location"},
    }},
    "flow": {"type": "interactive", "interactive": {
        "type": "flow",
        "body": {"text": "Tell us what you need"},
        "action": {"name": "flow", "parameters": {
            "flow_message_version": "3", "flow_token": OURS, "flow_cta": "Order", "mode": "published",
            "flow_action": "navigate", "flow_id": "1234567890",
            "flow_action_payload": {"screen": "ORDER", "data": {"litres": [1, 2], "name": None}},
        }},
    }},
    "image": {"type": "image", "image": CONTENTS["image"]},
    "video": {"type": "video", "video": CONTENTS["video"]},
    "document": {"type": "document", "document": CONTENTS["document"]},
    "audio": {"type": "audio", "audio": CONTENTS["audio"]},
    "sticker": {"type": "sticker", "sticker": CONTENTS["sticker"]},
    "template": {"type": "template", "template": {
        "name": "order_ready", "language": {"code": "en"},
        "components": [
            {"type": "header", "parameters": [{"type": "text", "text": "42"}]},
            {"type": "body", "parameters": [
                {"type": "text", "text": "Asha"}, {"type": "text", "text": "curd"},
            ]},
            {"type": "button", "sub_type": "url", "index": "1", "parameters": [
                {"type": "text", "text": "42?a=1"},
            ]},
        ],
    }},
}  # fmt: skip
