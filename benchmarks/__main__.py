"""`python -m benchmarks [name...] [--quick]`: runs, prints a table, keeps it as JSON in bench-results/."""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Sequence

from benchmarks import (
    accept,
    capacity,
    growth,
    life,
    machine,
    neighbours,
    pages,
    replies,
    retrieval,
    screens,
    sends,
    statuses,
)
from benchmarks.figures import Figure, Report
from benchmarks.places import RESULTS
from samvad.kernel.clock import SystemClock

Benchmark = Callable[..., Awaitable[list[Figure]]]

BENCHMARKS: dict[str, Benchmark] = {
    "accept": accept.run,
    "replies": replies.run,
    "statuses": statuses.run,
    "capacity": capacity.run,
    "sends": sends.run,
    "neighbours": neighbours.run,
    "screens": screens.run,
    "pages": pages.run,
    "life": life.run,
    "growth": growth.run,
    "retrieval": retrieval.run,
}


async def measure(names: Sequence[str], *, quick: bool) -> Report:
    report = Report(machine.facts(), SystemClock().now())
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        began, busy, own = time.monotonic(), machine.busy_seconds(), machine.own_seconds()
        figures = await BENCHMARKS[name](quick=quick)
        others = machine.busy_seconds() - busy - (machine.own_seconds() - own)
        disturbed = Figure(f"{name}: cores that others used", "", [others / (time.monotonic() - began)])
        report.figures[name] = [*figures, disturbed]
    return report


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="tiny sizes, once: whether it runs at all")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    report = asyncio.run(measure(asked.names or list(BENCHMARKS), quick=asked.quick))
    print(report.table())
    print(f"\nKept in {report.save(RESULTS).relative_to(RESULTS.parent)}")


if __name__ == "__main__":
    main()
