/**
 * Messages on their way from this browser. They are written down before they are sent and leave one at a time per
 * conversation, in the order they were written; the client id makes a repeat harmless.
 */
import { MutationObserver, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type MessagePages, placeMessage } from "@/lib/conversation-cache";
import { ApiError, Conflict, isTransient } from "@/lib/errors";
import { explain } from "@/lib/explain";
import { liveState } from "@/lib/live-connection";
import type { Colleague } from "@/lib/mentions";
import { keys } from "@/lib/query-keys";
import { session } from "@/lib/session";
import { readStored, writeStored } from "@/lib/storage";
import { createStore, useStore } from "@/lib/store";
import { sendMessage } from "../api/send-message";

export interface Pending {
  client_id: string;
  conversation_id: string;
  text: string;
  private: boolean;
  /** Colleagues whom a note calls in. */
  mentions?: Colleague[];
  created_at: string;
  /** Why the server refused it; null while it waits or travels. */
  refused: string | null;
}

const KEY = "samvad.work.outbox";
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 8_000;

const outbox = createStore<readonly Pending[]>(readStored<readonly Pending[]>(KEY, []));

function write(next: readonly Pending[]): void {
  writeStored(KEY, next.length ? next : null);
  outbox.set(next);
}

interface Kind {
  note: boolean;
  mentions?: Colleague[];
}

export function enqueue(conversationId: string, text: string, { note, mentions = [] }: Kind): void {
  const entry: Pending = {
    client_id: crypto.randomUUID(),
    conversation_id: conversationId,
    text,
    private: note,
    mentions: note ? mentions : [],
    created_at: new Date().toISOString(),
    refused: null,
  };
  write([...outbox.get(), entry]);
}

export function retry(clientId: string): void {
  write(outbox.get().map((entry) => (entry.client_id === clientId ? { ...entry, refused: null } : entry)));
}

export function discard(clientId: string): void {
  write(outbox.get().filter((entry) => entry.client_id !== clientId));
}

export function usePending(conversationId: string): Pending[] {
  return useStore(outbox).filter((entry) => entry.conversation_id === conversationId);
}

/** Sends what waits while the app is open; mounted once. */
export function useOutbox(): void {
  const cache = useQueryClient();
  useEffect(() => runOutbox(cache), [cache]);
}

function runOutbox(cache: QueryClient): () => void {
  const busy = new Set<string>();
  let wait = FIRST_WAIT_MS;
  let timer = 0;
  let stopped = false;

  async function drain(conversationId: string): Promise<void> {
    if (busy.has(conversationId)) return;
    busy.add(conversationId);
    try {
      for (;;) {
        const entry = outbox.get().find((item) => item.conversation_id === conversationId && !item.refused);
        if (!entry || stopped || !session.get() || !navigator.onLine) return;
        await deliver(cache, entry);
        wait = FIRST_WAIT_MS;
      }
    } catch {
      later(); // deliver() throws only what may pass by itself
    } finally {
      busy.delete(conversationId);
    }
  }

  function later(): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(drainAll, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  function drainAll(): void {
    if (stopped) return;
    for (const id of new Set(outbox.get().map((entry) => entry.conversation_id))) void drain(id);
  }

  function onLive(): void {
    if (liveState.get() === "live") drainAll();
  }

  const stops = [outbox.subscribe(drainAll), liveState.subscribe(onLive)];
  window.addEventListener("online", drainAll);
  drainAll();
  return () => {
    stopped = true;
    window.clearTimeout(timer);
    window.removeEventListener("online", drainAll);
    stops.forEach((stop) => stop());
  };
}

async function deliver(cache: QueryClient, entry: Pending): Promise<void> {
  try {
    const { refused, created_at, mentions = [], ...said } = entry;
    const body = { ...said, mentions: mentions.map(({ id }) => id) };
    // As a mutation, so that the live cache knows when it was asked: a refusal may overtake the answer.
    await new MutationObserver(cache, {
      mutationFn: sendMessage,
      onSuccess: (message) =>
        cache.setQueryData<MessagePages>(keys.messages(entry.conversation_id), (data) => data && placeMessage(data, message)),
    }).mutate(body);
    discard(entry.client_id);
  } catch (error) {
    if (isTransient(error) || !(error instanceof ApiError)) throw error;
    if (error.facts.status === 401) throw error;
    write(
      outbox.get().map((item) => (item.client_id === entry.client_id ? { ...item, refused: explain(error) } : item)),
    );
    if (error instanceof Conflict && error.code === "window_closed") {
      void cache.invalidateQueries({ queryKey: keys.conversation(entry.conversation_id) });
    }
  }
}
