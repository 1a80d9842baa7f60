"""The compute process: reads one call after the other from its input, answers each, ends with its parent."""

import os
import sys
import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import BinaryIO

from samvad.platform.compute.codec import HEADER, Value, length, pack, unpack
from samvad.platform.compute.registry import resolve

_NICENESS = 5  # the event loop goes first when cores are few


def main() -> None:
    calls, answers = _own_pipes()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    waiting: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(calls, waiting), daemon=True).start()
    while True:
        answers.write(_answer(waiting.get()))
        answers.flush()


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Moves the pipes away from descriptors 0 and 1, which libraries print to and read from."""
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return calls, answers


def _receive(calls: BinaryIO, waiting: "SimpleQueue[bytes]") -> None:
    """A thread of its own, so that the parent's death ends us in the middle of a computation too."""
    for body in _bodies(calls):
        waiting.put(body)
    os._exit(0)


def _bodies(calls: BinaryIO) -> Iterator[bytes]:
    while header := calls.read(HEADER.size):
        yield calls.read(length(header))


def _answer(body: bytes) -> bytes:
    """Whatever a function raises is an answer, not our end."""
    try:
        function, arguments = _call(unpack(body))
        return pack({"value": resolve(function)(*arguments)})
    except Exception as failure:
        return pack({"kind": type(failure).__name__, "detail": str(failure)[:2000]})


def _call(message: Value) -> tuple[str, list[Value]]:
    if isinstance(message, dict):
        function, arguments = message.get("function"), message.get("arguments")
        if isinstance(function, str) and isinstance(arguments, list):
            return function, arguments
    raise TypeError("not a call")


if __name__ == "__main__":
    try:
        main()
    except (KeyboardInterrupt, BrokenPipeError):  # Ctrl-C in a terminal reaches the whole group
        sys.exit(0)
