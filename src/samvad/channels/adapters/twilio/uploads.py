"""Files of ours at Twilio: it fetches them itself and goes by the type that our answer names."""

from samvad.channels.adapters.file_types import PICTURES
from samvad.channels.types import FileRule, Kind

# twilio.com/docs/whatsapp/guidance-whatsapp-media-messages and docs/sms/accepted-mime-types
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MOST = 16 << 20

RULES = (
    FileRule(Kind.IMAGE, PICTURES, 5 << 20),
    FileRule(Kind.VIDEO, {"video/mp4": ".mp4"}, _MOST),
    FileRule(
        Kind.AUDIO,
        {
            "audio/ogg": ".ogg",
            "audio/amr": ".amr",
            "audio/3gpp": ".3gp",
            "audio/aac": ".aac",
            "audio/mpeg": ".mp3",
        },
        _MOST,
    ),
    FileRule(
        Kind.DOCUMENT,
        {
            "application/pdf": ".pdf",
            "application/msword": ".doc",
            f"{_OFFICE}.wordprocessingml.document": ".docx",
            f"{_OFFICE}.presentationml.presentation": ".pptx",
            f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
            "text/vcard": ".vcf",
        },
        _MOST,
    ),
)
