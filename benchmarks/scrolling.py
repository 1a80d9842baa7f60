"""The list of conversations under a hand in a hurry: frames, long tasks and nodes while it flies past."""

from collections.abc import Sequence
from typing import TypedDict

from playwright.async_api import Page

from benchmarks.figures import Figure, percentile

STEP = 4_000  # pixels a frame: sixty rows

_HELPERS = """
window.list = () => document.querySelector('[data-testid=conversation-scroller]');
window.there = () => Math.round(parseFloat(window.list().firstElementChild.style.height) / 64);
window.frame = () => new Promise((done) => requestAnimationFrame(done));
window.fly = async ({ steps, more }) => {
  const list = window.list(), frames = [], tasks = [0];
  let nodes = 0, last = await window.frame();
  const noted = (task) => tasks.push(task.duration);
  const watch = new PerformanceObserver((seen) => seen.getEntries().forEach((one) => noted(one)));
  watch.observe({ type: 'longtask' });
  for (const step of steps) {
    list.scrollTop += step;
    const now = await window.frame();
    frames.push(now - last);
    nodes = Math.max(nodes, list.querySelectorAll('*').length);
    last = now;
    if (more && window.there() >= more) break;
  }
  watch.disconnect();
  return { frames, longest: Math.max(...tasks), nodes, rows: window.there() };
};
undefined;
"""
# Further pages come in as soon as it is reached, so the last row is the one of before.
_JUMP = """async () => {
  const list = window.list();
  list.scrollTop = 0;
  await window.frame();
  await window.frame();
  const last = window.there(); // what is new was put in its place at the top
  const began = performance.now();
  const ready = () =>
    performance.now() - began > 10_000 ||
    [...list.querySelectorAll('li')].some(
      (row) => Number(row.getAttribute('aria-posinset')) >= Math.min(last, window.there()),
    );
  list.scrollTop = list.scrollHeight;
  return (await window.painted(ready)) - began;
}"""


class Flight(TypedDict):
    frames: Sequence[float]  # milliseconds
    longest: float  # task, milliseconds
    nodes: int
    rows: int


async def scrolled(page: Page, *, rows: int, times: int) -> list[Figure]:
    """Down until so many rows are here, then up and down through them, then to their end at once."""
    await page.goto("/inbox")
    await page.locator("[data-row]").first.wait_for()
    await page.evaluate(_HELPERS)
    down: Flight = await page.evaluate("window.fly", {"steps": [STEP] * (rows // 2), "more": rows})
    there = int(down["rows"])
    way = [-STEP] * (there * 64 // STEP)
    steps = [*way, *(-step for step in way)]
    through: Flight = await page.evaluate("window.fly", {"steps": steps, "more": 0})
    jumps = [float(await page.evaluate(_JUMP)) for _ in range(times)]
    note = f"{there:,} rows, {STEP:,} px a frame"
    return [
        Figure(
            "page: frame while scrolling, p95",
            "ms",
            [percentile(through["frames"], 0.95)],
            at_most=34,
            note=note,
        ),
        Figure("page: longest task while scrolling", "ms", [through["longest"]], at_most=100),
        Figure("page: nodes in the list, at most", "", [max(down["nodes"], through["nodes"])], at_most=500),
        Figure(
            "page: frame while pages come in, p95",
            "ms",
            [percentile(down["frames"], 0.95)],
            note="fifty rows each",
        ),
        Figure("page: longest task while pages come in", "ms", [down["longest"]]),
        Figure(
            f"page: jump to the last row, p95 of {times}",
            "ms",
            [percentile(jumps, 0.95)],
            at_most=300,
            note=note,
        ),
    ]
