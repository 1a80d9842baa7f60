"""Media types of files that people send, with their usual endings."""

from collections.abc import Mapping

_OFFICE = "application/vnd.openxmlformats-officedocument"

PICTURES: Mapping[str, str] = {"image/jpeg": ".jpg", "image/png": ".png"}
FILMS: Mapping[str, str] = {"video/mp4": ".mp4", "video/3gpp": ".3gp"}
SOUND: Mapping[str, str] = {
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
}
PAPERS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/msword": ".doc",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    "application/vnd.ms-excel": ".xls",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-powerpoint": ".ppt",
    f"{_OFFICE}.presentationml.presentation": ".pptx",
}
ANY: Mapping[str, str] = {}
