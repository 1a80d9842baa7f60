import { expect, it } from "vitest";
import type { Message } from "@/lib/api/types";
import { aConversation, aMessage } from "@/testing/factories";
import { dueSince, isLeaving } from "./ai-reply";

const asked = aMessage({ author: "customer", direction: "in", status: "received" });
const part = (status: Message["status"]) => aMessage({ author: "assistant", status });
const ai = aConversation({ mode: "ai" });

it("is leaving while a part of the newest reply has not left", () => {
  expect(isLeaving([part("queued"), part("sent"), asked])).toBe(true);
  expect(isLeaving([part("sending"), asked])).toBe(true);
  expect(isLeaving([part("sent"), part("delivered"), asked])).toBe(false);
  expect(isLeaving([part("unknown"), part("held"), asked])).toBe(false);
  expect(isLeaving([asked, part("queued")])).toBe(false);
  expect(isLeaving([aMessage({ author: "agent", status: "queued" }), asked])).toBe(false);
});

it("is due since the customer's last word", () => {
  const at = Date.parse(asked.created_at);
  expect(dueSince(ai, [asked])).toBe(at);
  expect(dueSince(ai, [aMessage({ author: "system" }), aMessage({ private: true }), asked])).toBe(at);
  expect(dueSince(ai, [part("sent"), asked])).toBeNull();
  expect(dueSince(ai, [aMessage({ ...asked, kind: "reaction" })])).toBeNull();
  expect(dueSince(aConversation({ mode: "human" }), [asked])).toBeNull();
  expect(dueSince({ ...ai, contact: { ...ai.contact, opted_out: true } }, [asked])).toBeNull();
});
