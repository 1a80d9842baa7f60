import { MutationObserver, QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { aMessage } from "@/testing/factories";
import type { Message, MessagePage } from "./api/types";
import { type MessagePages, placeMessage } from "./conversation-cache";
import { createLiveCache, type LiveCache } from "./live-cache";
import { keys } from "./query-keys";
import { applyEvent } from "./realtime";

let cache: QueryClient;
interface Said {
  type: string;
  data: unknown;
}
let live: LiveCache<Said>;
let clock = 0;

beforeEach(() => {
  cache = new QueryClient();
  live = createLiveCache<Said>(cache, {
    about: "conversations",
    update: ({ type, data }) => applyEvent(cache, type, data),
    now: () => ++clock,
  });
});

/** Starts reading a thread; the returned function lets the answer arrive. */
function read(): (page: MessagePage) => Promise<unknown> {
  let arrive: (page: MessagePage) => void = () => undefined;
  const asked = cache.fetchInfiniteQuery({
    queryKey: keys.messages("c1"),
    initialPageParam: null as string | null,
    queryFn: () => new Promise<MessagePage>((resolve) => (arrive = resolve)),
  });
  return (page) => {
    arrive(page);
    return asked;
  };
}

const ids = () =>
  cache.getQueryData<MessagePages>(keys.messages("c1"))?.pages.flatMap((page) => page.items.map((item) => item.id));

it("keeps an event that overtook the answer", async () => {
  const arrive = read();
  await Promise.resolve();
  live.apply({ type: "message.created", data: { conversation_id: "c1", message: aMessage({ id: "overtook" }) } });
  await arrive({ items: [], next_cursor: null });
  expect(ids()).toEqual(["overtook"]);
});

it("does not bring back what an answer asked for later leaves out", async () => {
  live.apply({ type: "message.created", data: { conversation_id: "c1", message: aMessage({ id: "before" }) } });
  await read()({ items: [], next_cursor: null });
  expect(ids()).toEqual([]);
});

it("reads again what was asked for before the stream began", async () => {
  const arrive = read();
  await Promise.resolve();
  live.restart();
  await arrive({ items: [], next_cursor: null });
  expect(cache.getQueryState(keys.messages("c1"))?.isInvalidated).toBe(true);
});

/** Sends a message; the returned function lets the answer arrive. */
function send(): (message: Message) => Promise<unknown> {
  let arrive: (message: Message) => void = () => undefined;
  const sent = new MutationObserver(cache, {
    mutationFn: () => new Promise<Message>((resolve) => (arrive = resolve)),
    onSuccess: (message) =>
      cache.setQueryData<MessagePages>(keys.messages("c1"), (data) => data && placeMessage(data, message)),
  }).mutate();
  return (message) => {
    arrive(message);
    return sent;
  };
}

const states = () =>
  cache
    .getQueryData<MessagePages>(keys.messages("c1"))
    ?.pages.flatMap((page) => page.items.map((item) => item.status));

it("keeps a refusal that overtook the answer to sending", async () => {
  await read()({ items: [], next_cursor: null });
  const arrive = send();
  await Promise.resolve();
  const message = aMessage({ id: "mine", direction: "out", status: "queued" });
  live.apply({ type: "message.created", data: { conversation_id: "c1", message } });
  live.apply({ type: "message.updated", data: { conversation_id: "c1", message: { ...message, status: "failed" } } });
  await arrive(message);
  expect(states()).toEqual(["failed"]);
});

it("reads again what a change that began before the stream may have undone", async () => {
  await read()({ items: [], next_cursor: null });
  const arrive = send();
  await Promise.resolve();
  live.restart();
  await read()({ items: [], next_cursor: null });
  await arrive(aMessage({ id: "mine", direction: "out", status: "queued" }));
  expect(cache.getQueryState(keys.messages("c1"))?.isInvalidated).toBe(true);
});
