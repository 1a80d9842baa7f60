import { expect, it } from "vitest";
import type { Conversation } from "@/lib/api/types";
import { aConversation } from "@/testing/factories";
import { changes, outcome, stepsBack } from "./care-acts";

const NOW = Date.parse("2026-01-01T10:00:00Z");
const LATER = "2026-01-02T09:00:00Z";
const ravi = { id: "ravi", name: "Ravi" };
const resolved = (before: Conversation): Conversation => ({ ...before, mode: "ai", status: "resolved", snoozed_until: null });

it("takes back only what changed", () => {
  const before = aConversation({ status: "pending" });
  expect(stepsBack(before, resolved(before), NOW)).toEqual([{ status: "pending" }]);
  expect(stepsBack(before, before, NOW)).toEqual([]);
});

it("gives a person's conversation back to nobody but whom it had", () => {
  const before = aConversation({ mode: "human", status: "open" });
  expect(stepsBack(before, resolved(before), NOW)).toEqual([{ mode: "human" }, { assignee: null }]);
  const hers = { ...before, assignee_id: "kavita" };
  expect(stepsBack(hers, resolved(hers), NOW)).toEqual([{ mode: "human" }]);
});

it("puts a sleeping one to sleep until its time, or opens it where that is over", () => {
  const before = aConversation({ mode: "human", status: "snoozed", snoozed_until: LATER, assignee_id: "kavita" });
  expect(stepsBack(before, resolved(before), NOW)).toEqual([{ mode: "human" }, { status: "snoozed", until: LATER }]);
  expect(stepsBack(before, resolved(before), Date.parse(LATER))).toEqual([{ mode: "human" }, { status: "open" }]);
});

it("calls for a person again where the act ended the call", () => {
  const before = aConversation({ mode: "human", status: "open", assignee_id: "kavita", needs_person: true });
  expect(stepsBack(before, { ...resolved(before), needs_person: false }, NOW)).toEqual([{ mode: "human" }, { status: "open", undo: true }]);
});

it("assigns to whom it was assigned before", () => {
  const before = aConversation({ assignee_id: "kavita" });
  expect(stepsBack(before, { ...before, assignee_id: "ravi", assignee: ravi }, NOW)).toEqual([{ assignee: "kavita" }]);
});

it("knows whom an act has nothing to do with", () => {
  const pending = aConversation({ status: "pending" });
  expect(changes({ status: "resolved" }, resolved(pending))).toBe(false);
  expect(changes({ status: "open" }, pending)).toBe(false);
  expect(changes({ status: "open" }, resolved(pending))).toBe(true);
  expect(changes({ assignee: null }, pending)).toBe(false);
});

it("counts what was done", () => {
  const rows = [aConversation({ assignee: ravi }), aConversation({ assignee: ravi })];
  expect(outcome({ status: "resolved" }, rows.slice(1), 1)).toBe("Resolved.");
  expect(outcome({ status: "resolved" }, rows, 2)).toBe("2 resolved.");
  expect(outcome({ assignee: "ravi" }, rows, 3)).toBe("2 of 3 assigned to Ravi.");
  expect(outcome({ assignee: null }, [aConversation()], 1)).toBe("Assigned to nobody.");
});
