"""How many text sends a second the sandbox accepts: `python -m tests.sandbox.load [seconds] [connections]`.

Starts a sandbox of its own on one core and loads it from another. Needs Linux."""

import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.sandbox.support import NUMBER, TOKEN, Receiver
from tests.sandbox.test_sandbox_process import free_port, process


async def connection(port: int, lane: int, *, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sent = 0
    while time.monotonic() < until:
        body = json.dumps(
            {
                "messaging_product": "whatsapp",
                "to": f"91999{lane:03d}{sent % 1000:04d}",
                "type": "text",
                "text": {"body": "hello there"},
                "biz_opaque_callback_data": f"{lane}-{sent}",
            }
        ).encode()
        head = (
            f"POST /v23.0/{NUMBER}/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {TOKEN}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert answer.startswith(b"http/1.1 200"), answer
        await reader.readexactly(int(answer.split(b"content-length: ")[1].split(b"\r\n")[0]))
        sent += 1
    writer.close()
    return sent


def cpu_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def pss_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


async def main(seconds: float, connections: int) -> None:
    port = free_port()
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        async with process(Path(folder) / "sandbox.sqlite", port) as (sandbox, running):
            os.sched_setaffinity(running.pid, {cores[0]})
            os.sched_setaffinity(0, {cores[-1]})
            await sandbox.register(Receiver(url="http://127.0.0.1:9/"), verify=False)
            await sandbox.behave(statuses={"until": "none"}, sends={"window": "off"})
            before, begun = cpu_seconds(running.pid), time.monotonic()
            until = begun + seconds
            counts = await asyncio.gather(*(connection(port, n, until=until) for n in range(connections)))
            took, cpu = time.monotonic() - begun, cpu_seconds(running.pid) - before
            assert (await sandbox.ledger())["totals"]["accepted"] == sum(counts)
            memory = pss_megabytes(running.pid)
    total = sum(counts)
    print(
        f"{total / took:.0f} accepted/s over {connections} connections, {cpu / total * 1e6:.0f} us CPU each,"
    )
    print(f"{total / cpu:.0f}/s for each second of CPU; {memory:.0f} MB PSS after {total} sends")


if __name__ == "__main__":
    options = [float(argument) for argument in sys.argv[1:]] + [5.0, 32.0][len(sys.argv) - 1 :]
    asyncio.run(main(options[0], int(options[1])))
