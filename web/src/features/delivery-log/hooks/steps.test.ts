import { describe, expect, it } from "vitest";
import type { LogLine } from "@/lib/api/types";
import { stepsOf } from "./steps";

const AT = "2026-11-27T10:00:00Z";
const line = (change: Partial<LogLine>) =>
  ({ direction: "out", created_at: AT, queued_at: AT, sent_at: null, delivered_at: null, read_at: null, failed_at: null, next_attempt_at: null, ...change }) as LogLine;

describe("the steps of a message", () => {
  it("are those that happened, in the order of its life", () => {
    const steps = stepsOf(line({ sent_at: "2026-11-27T10:00:05Z", failed_at: "2026-11-27T10:00:04Z" }));
    expect(steps.map(({ text }) => text)).toEqual(["log.step.created_at", "log.step.queued_at", "log.step.sent_at.out", "log.step.failed_at"]);
  });
  it("begin with the customer where the customer wrote", () => {
    const steps = stepsOf(line({ direction: "in", queued_at: null, sent_at: "2026-11-27T09:59:00Z" }));
    expect(steps.map(({ text }) => text)).toEqual(["log.step.sent_at.in", "log.step.created_at"]);
  });
});
