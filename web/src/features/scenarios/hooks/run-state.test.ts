import { describe, expect, it } from "vitest";
import { brokenOff, NOT_BEGUN, reached, type RunView, told, type ToldLine } from "./run-state";

const STARTED: ToldLine = {
  event: "started",
  name: "A talk",
  steps: [
    { number: 1, line: 3, words: "customer says: hello" },
    { number: 2, line: 4, words: "expect reply" },
  ],
};
const after = (...lines: ToldLine[]): RunView => lines.reduce(told, NOT_BEGUN);

describe("a run", () => {
  it("waits, runs and ends step by step", () => {
    const run = after(STARTED, { event: "step", number: 1, state: "running" }, { event: "step", number: 1, state: "passed", seconds: 0.2 });
    expect(run.steps.map((step) => step.state)).toEqual(["passed", "waiting"]);
    expect(reached(run)).toBe(1);
    expect(after(STARTED).outcome).toBeNull();
    expect(reached(after(STARTED))).toBe(0);
  });

  it("shows what the business wrote at the step where it came", () => {
    const message = { event: "message", author: "assistant", kind: "text", text: "Good day", citations: ["faq.md"] } as const;
    const run = after(STARTED, { event: "step", number: 2, state: "running" }, { ...message, direction: "in" }, { ...message, direction: "out" });
    expect(run.steps[1]?.said).toEqual([{ author: "assistant", text: "Good day", citations: ["faq.md"] }]);
  });

  it("keeps why it failed, and an end that was told", () => {
    const run = after(STARTED, { event: "step", number: 2, state: "failed", why: "nothing came" }, { event: "ended", outcome: "failed", seconds: 3 });
    expect(run.steps[1]?.why).toBe("nothing came");
    expect(brokenOff(run, "lost").outcome).toBe("failed");
    expect(brokenOff(after(STARTED), "stopped").outcome).toBe("stopped");
  });
});
