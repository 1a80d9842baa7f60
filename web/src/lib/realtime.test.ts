import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import { aConversation, aMessage } from "@/testing/factories";
import type { Conversation, MessageStatus } from "./api/types";
import type { ConversationPages, MessagePages } from "./conversation-cache";
import { keys } from "./query-keys";
import { applyEvent, paintMode } from "./realtime";

let cache: QueryClient;

function showMessages(...pages: MessagePages["pages"]): void {
  cache.setQueryData<MessagePages>(keys.messages("c1"), { pages, pageParams: pages.map(() => null) });
}

function showList(filter: object, rows: Conversation[], next: string | null = null): void {
  const pages = [{ items: rows, next_cursor: next }];
  cache.setQueryData<ConversationPages>(keys.conversationList(filter), { pages, pageParams: [null] });
}

const messages = () => cache.getQueryData<MessagePages>(keys.messages("c1"))?.pages.flatMap((page) => page.items) ?? [];
const rows = (filter = {}) =>
  cache.getQueryData<ConversationPages>(keys.conversationList(filter))?.pages.flatMap((page) => page.items) ?? [];

beforeEach(() => {
  cache = new QueryClient();
});

describe("messages", () => {
  it("appear once, however often the event comes", () => {
    showMessages({ items: [], next_cursor: null });
    const event = { conversation_id: "c1", message: aMessage() };
    applyEvent(cache, "message.created", event);
    applyEvent(cache, "message.created", event);
    expect(messages()).toHaveLength(1);
  });

  it("take their place by time, newest first", () => {
    showMessages({ items: [aMessage({ id: "m9", sort_at: "2026-01-01T12:00:00Z" })], next_cursor: null });
    applyEvent(cache, "message.created", { conversation_id: "c1", message: aMessage({ id: "m5" }) });
    expect(messages().map((message) => message.id)).toEqual(["m9", "m5"]);
  });

  it("older than every loaded page are left to the page they belong to", () => {
    showMessages({ items: [aMessage({ id: "m9", sort_at: "2026-01-01T12:00:00Z" })], next_cursor: "more" });
    applyEvent(cache, "message.created", { conversation_id: "c1", message: aMessage({ id: "m5" }) });
    expect(messages().map((message) => message.id)).toEqual(["m9"]);
  });

  it("never go back a tick, in any order of events", () => {
    const forward: MessageStatus[] = ["queued", "sending", "sent", "delivered", "read"];
    for (const order of permutations(forward)) {
      showMessages({ items: [aMessage()], next_cursor: null });
      let furthest = 0;
      for (const status of order) {
        applyEvent(cache, "message.updated", { conversation_id: "c1", message: aMessage({ status }) });
        furthest = Math.max(furthest, forward.indexOf(status));
        expect(messages()[0]?.status).toBe(forward[furthest]);
      }
    }
  });
});

it("a failed message may be sent again", () => {
  showMessages({ items: [aMessage({ status: "failed", reason: "rejected" })], next_cursor: null });
  for (const status of ["queued", "sending", "sent"] as const) {
    applyEvent(cache, "message.updated", { conversation_id: "c1", message: aMessage({ status }) });
    expect(messages()[0]).toMatchObject({ status, reason: null });
  }
});

it("a late failure undoes no delivery", () => {
  showMessages({ items: [aMessage({ status: "delivered" })], next_cursor: null });
  applyEvent(cache, "message.updated", { conversation_id: "c1", message: aMessage({ status: "failed" }) });
  expect(messages()[0]?.status).toBe("delivered");
});

it("expects a reply to a new message of a customer, until one comes or a person answers", () => {
  const writing = () => cache.getQueryData(keys.typing("c1"));
  const asked = (id: string) => ({ conversation_id: "c1", message: aMessage({ id, author: "customer", direction: "in" }) });
  showMessages({ items: [], next_cursor: null });
  cache.setQueryData(keys.conversation("c1"), aConversation({ mode: "ai" }));
  applyEvent(cache, "message.created", asked("q1"));
  expect(writing()).toMatchObject({ author: "assistant" });
  applyEvent(cache, "message.created", { conversation_id: "c1", message: aMessage({ id: "a1", author: "assistant" }) });
  applyEvent(cache, "message.created", asked("q1"));
  expect(writing()).toBeNull();
  applyEvent(cache, "message.created", asked("q2"));
  applyEvent(cache, "conversation.mode", { conversation_id: "c1", mode: "human", epoch: 9 });
  applyEvent(cache, "message.created", asked("q3"));
  expect(writing()).toBeNull();
});

describe("conversations", () => {
  it("move to the top of lists they fit, and leave those they no longer fit", () => {
    const first = aConversation({ id: "c0", last_message_at: "2026-01-01T11:00:00Z" });
    showList({}, [first, aConversation()]);
    showList({ mode: "ai" }, [first, aConversation()]);
    const event = { conversation: aConversation({ mode: "human", epoch: 2, last_message_at: "2026-01-01T12:00:00Z" }) };
    applyEvent(cache, "conversation.updated", event);
    applyEvent(cache, "conversation.updated", event);
    expect(rows().map((row) => row.id)).toEqual(["c1", "c0"]);
    expect(rows({ mode: "ai" }).map((row) => row.id)).toEqual(["c0"]);
  });

  it("come first while they need a person, and go back to their place by time", () => {
    const order = { order: "needs_person" };
    const calm = { needs_person: false, last_message_at: "2026-01-01T11:00:00Z" };
    showList(order, [aConversation({ id: "c0", ...calm }), aConversation({ last_message_at: "2026-01-01T10:00:00Z" })]);
    const asking = aConversation({ needs_person: true, last_message_at: "2026-01-01T10:00:00Z" });
    applyEvent(cache, "conversation.updated", { conversation: asking });
    applyEvent(cache, "conversation.updated", { conversation: aConversation({ id: "c2", ...calm, last_message_at: "2026-01-01T12:00:00Z" }) });
    expect(rows(order).map((row) => row.id)).toEqual(["c1", "c2", "c0"]);
    applyEvent(cache, "conversation.updated", { conversation: { ...asking, needs_person: false } });
    expect(rows(order).map((row) => row.id)).toEqual(["c2", "c0", "c1"]);
  });

  it("stay where a search put them", () => {
    showList({ q: "asha" }, [aConversation({ id: "c0", last_message_at: "2026-01-01T09:00:00Z" }), aConversation()]);
    applyEvent(cache, "conversation.updated", { conversation: aConversation({ last_message_at: "2026-01-01T12:00:00Z" }) });
    expect(rows({ q: "asha" }).map((row) => row.id)).toEqual(["c0", "c1"]);
  });

  it("show a new message at once, without counting it twice", () => {
    showList({}, [aConversation({ unread: 1 })]);
    const message = aMessage({ author: "customer", direction: "in", text: "hi", sort_at: "2026-01-01T12:00:00Z" });
    applyEvent(cache, "message.created", { conversation_id: "c1", message });
    applyEvent(cache, "message.created", { conversation_id: "c1", message });
    expect(rows()[0]).toMatchObject({ unread: 1, preview: { text: "hi" } });
  });
});

describe("mode", () => {
  it("painted early gives way to the server's epoch, and an older epoch changes nothing", () => {
    showList({}, [aConversation()]);
    paintMode(cache, "c1", "human");
    expect(rows()[0]).toMatchObject({ mode: "human", epoch: 1 });
    applyEvent(cache, "conversation.mode", { conversation_id: "c1", mode: "human", epoch: 3 });
    applyEvent(cache, "conversation.mode", { conversation_id: "c1", mode: "ai", epoch: 2 });
    applyEvent(cache, "conversation.updated", { conversation: aConversation({ mode: "ai", epoch: 2 }) });
    expect(rows()[0]).toMatchObject({ mode: "human", epoch: 3 });
  });
});

it("leaves unknown events alone", () => {
  expect(() => applyEvent(cache, "weather.changed", { sunny: true })).not.toThrow();
});

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}
