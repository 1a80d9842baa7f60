"""Small media that a simulated customer sends when it brings none of its own."""

import zlib
from collections.abc import Mapping


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return len(data).to_bytes(4) + kind + data + check.to_bytes(4)


def _picture(width: int, height: int) -> bytes:
    """A PNG that can be recognised: a sun over a field."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            sun = (x - width * 3 // 4) ** 2 + (y - height // 4) ** 2 < (height // 7) ** 2
            field = y > height * 2 // 3
            rows += b"\xf6\xc4\x45" if sun else b"\x4f\x9d\x69" if field else b"\xbf\xdf\xf2"
    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
_SAMPLES: Mapping[str, tuple[str, str, bytes]] = {
    "image": ("image/png", "image.png", _picture(240, 160)),
    "sticker": (
        "image/webp",
        "sticker.webp",
        b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00",
    ),
    "video": ("video/mp4", "video.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"),
    "audio": ("audio/mpeg", "audio.mp3", b"ID3\x03\x00\x00\x00\x00\x00\x00"),
    "voice": (
        "audio/ogg; codecs=opus",
        "voice.ogg",
        b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01" + bytes(9),
    ),
    "document": ("application/pdf", "document.pdf", _PDF),
}


def sample(kind: str) -> tuple[str, str, bytes]:
    """(mime type, file name, bytes)."""
    return _SAMPLES[kind]
