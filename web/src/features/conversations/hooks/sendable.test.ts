import { describe, expect, it } from "vitest";
import { aConversation } from "@/testing/factories";
import { sendable } from "./sendable";

const DRAFT = { text: "", note: false };
const CHOSEN = { file: new File(["x"], "cow.jpg"), busy: false };
const OPEN = { window: { open: true, closes_at: null } };

describe("what may be attached", () => {
  it.each([
    // sends, fetches, reachable -> attachment, unreachable
    [true, false, false, true, false],
    [true, true, true, true, false],
    [true, true, false, false, true],
    [false, false, true, false, false],
  ])("sends %s, fetches %s, reachable %s", (sends_files, fetches_files, reachable, offered, unreachable) => {
    const may = sendable(DRAFT, aConversation({ ...OPEN, sends_files, fetches_files }), CHOSEN, reachable);
    expect([may.attachment !== null, may.attached, may.ready]).toEqual([offered, offered, offered]);
    expect(may.unreachable).toBe(unreachable);
  });

  it("is nothing in a note, and says nothing of addresses there", () => {
    const conversation = aConversation({ ...OPEN, sends_files: true, fetches_files: true });
    const may = sendable({ ...DRAFT, note: true }, conversation, CHOSEN, false);
    expect([may.attachment, may.unreachable]).toEqual([null, false]);
  });
});
