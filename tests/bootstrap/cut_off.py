"""A program: `samvad up`, a demo business and a customer on a machine that reaches nothing but itself.

Started in a network namespace of its own, where even 127.0.0.1 is down at first. Prints what customers saw,
a JSON object a line. Usage: python -m tests.bootstrap.cut_off FOLDER QUESTION...
"""

import asyncio
import errno
import fcntl
import socket
import struct
import sys
from pathlib import Path

from tests.bootstrap.test_up import EMAIL, PASSWORD, PATIENCE, Samvad, running

_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1
_ABROAD = ("192.0.2.1", 443)  # of TEST-NET-1, RFC 5737


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sH14x", b"lo", 0)
        _, flags = struct.unpack("16sH14x", fcntl.ioctl(any_socket, _SIOCGIFFLAGS, asked))
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))


def reaches_out() -> bool:
    with socket.socket() as trial:
        trial.settimeout(5)
        return trial.connect_ex(_ABROAD) != errno.ENETUNREACH


async def demo_is_read(samvad: Samvad) -> None:
    """Loads the dairy and waits until all it knows has been indexed."""
    token = (await samvad.post("/api/v1/auth/login", {"email": EMAIL, "password": PASSWORD}))["access_token"]
    await samvad.post("/api/v1/demo", {"name": "dairy"}, token)
    async with asyncio.timeout(PATIENCE):
        while True:
            sources = (await samvad.get("/api/v1/knowledge/sources", token))["items"]
            if sources and {source["status"] for source in sources} == {"completed"}:
                return
            await asyncio.sleep(0.2)


async def main(folder: Path, questions: list[str]) -> int:
    raise_loopback()
    if reaches_out():
        print("this machine reaches others: nothing is proved here", file=sys.stderr)
        return 1
    owner = {"SAMVAD_ADMIN_EMAIL": EMAIL, "SAMVAD_ADMIN_PASSWORD": PASSWORD}
    async with running(folder, **owner) as samvad:
        await demo_is_read(samvad)
        for number, question in enumerate(questions):  # each from somebody else
            customer = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "samvad", "chat", "--json",
                "--wait", "12", "--as", f"Customer {number}",
                env={"SAMVAD_DATA_DIR": str(folder), "SAMVAD_PORT": samvad.url.rpartition(":")[2]},
                stdin=asyncio.subprocess.PIPE,
            )  # fmt: skip
            await customer.communicate(question.encode())
        return customer.returncode or 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]), sys.argv[2:])))
