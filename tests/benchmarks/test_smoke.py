"""Every benchmark runs to its end at a tiny size. What it measures there says nothing."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from benchmarks.__main__ import BENCHMARKS, measure
from benchmarks.figures import Figure, Report, percentile
from benchmarks.sends import busiest_second

from benchmarks import installation, places
from tests.support import nursery


@pytest.mark.parametrize("name", [name for name in BENCHMARKS if name != "capacity"])  # longer `replies`
async def test_a_benchmark_runs_to_its_end(name: str, blank: Path) -> None:
    places.blank.set(blank)
    installation.begin.set(nursery.Process.begin)
    report = await measure([name], quick=True)
    assert report.figures[name]
    assert all(figure.name in report.table() for figure in report.figures[name])


def test_the_median_meets_its_bound() -> None:
    assert Figure("a", "ms", [1, 9, 2], at_most=2).holds is True
    assert Figure("a", "ms", [1, 9, 3], at_most=2).holds is False
    assert Figure("a", "/s", [1, 9, 3], at_least=3).holds is True
    assert Figure("a", "/s", [1]).holds is None


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile([1, 2], 0.99) == 2


def test_the_busiest_second_may_begin_anywhere() -> None:
    assert busiest_second([0.0, 0.5, 0.9, 1.2, 1.4, 3.0]) == 4


def test_a_report_is_kept_as_json(tmp_path: Path) -> None:
    report = Report({"cores": "2"}, datetime(2026, 3, 2, tzinfo=UTC), {"a": [Figure("a", "ms", [1.0])]})
    kept = orjson.loads(report.save(tmp_path / "results").read_bytes())
    assert kept["figures"]["a"][0]["median"] == 1.0
