"""Just enough HTTP/1.1 for a load tool and a provider that cost little beside what they measure."""

from collections.abc import Callable

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


class Messages:
    """Cuts a byte stream into (head, body) by Content-Length; heads come in lower case."""

    def __init__(self, found: Callable[[bytes, bytes], None]) -> None:
        self._found = found
        self._waiting = bytearray()

    def feed(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(_END)) >= 0:
            head = bytes(self._waiting[:end]).lower()
            start = end + len(_END)
            stop = start + _length(head)
            if len(self._waiting) < stop:
                return
            body = bytes(self._waiting[start:stop])
            del self._waiting[:stop]
            self._found(head, body)


def _length(head: bytes) -> int:
    at = head.find(_LENGTH)
    if at < 0:
        return 0
    end = head.find(b"\r", at)
    return int(head[at + len(_LENGTH) : end if end > 0 else None])


def response(body: bytes, *, status: bytes = b"200 OK") -> bytes:
    head = b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
    return head % (status, len(body)) + body


def request(method: str, path: str, *, host: str, body: bytes, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"host: {host}", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + _END + body
