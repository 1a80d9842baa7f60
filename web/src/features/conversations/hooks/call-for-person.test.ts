import { expect, it } from "vitest";
import { aConversation, aMessage } from "@/testing/factories";
import { callFor, mentionsMe } from "./call-for-person";

const calm = aConversation({ mode: "human", unread: 1 });

it("calls when a person is first needed, once", () => {
  const needed = { ...calm, needs_person: true };
  expect(callFor(calm, needed, "me")).toBe("needs");
  expect(callFor(needed, needed, "me")).toBeNull();
});

it("calls for each message to a person, not for what the AI answers", () => {
  expect(callFor(calm, { ...calm, unread: 2 }, "me")).toBe("message");
  expect(callFor({ ...calm, mode: "ai" }, { ...calm, mode: "ai", unread: 2 }, "me")).toBeNull();
  expect(callFor(calm, { ...calm, unread: 0 }, "me")).toBeNull();
});

it("leaves what is a colleague's, asleep or done in peace", () => {
  const needed = { ...calm, needs_person: true };
  expect(callFor(calm, { ...needed, assignee_id: "other" }, "me")).toBeNull();
  expect(callFor(calm, { ...needed, assignee_id: "me" }, "me")).toBe("needs");
  expect(callFor(calm, { ...needed, status: "snoozed" }, "me")).toBeNull();
});

it("calls whom a colleague's note mentions, and nobody else", () => {
  const note = aMessage({ private: true, member_id: "ravi", content: { mentions: [{ id: "me", name: "Me" }] } });
  expect(mentionsMe(note, "me")).toBe(true);
  expect(mentionsMe(note, "other")).toBe(false);
  expect(mentionsMe(note, null)).toBe(false);
  expect(mentionsMe({ ...note, member_id: "me" }, "me")).toBe(false);
  expect(mentionsMe({ ...note, private: false }, "me")).toBe(false);
});
