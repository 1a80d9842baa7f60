/**
 * Keeps cached answers and the stream together. An answer, of a question or of a change, may be older than an event
 * that overtook it on the way, so what came while a request was out is applied again once its answer is in; the
 * tables of updates make that safe.
 */
import type { Mutation, Query, QueryClient } from "@tanstack/react-query";

export interface LiveCache<Event> {
  apply(event: Event): void;
  /** The stream begins here: whatever was read, or asked for, before may miss something. */
  restart(): void;
  close(): void;
}

interface Options<Event> {
  /** First part of the keys of the answers this stream is about. */
  about: string;
  update(event: Event): void;
  now?: () => number;
}

/** Longer than any request of ours takes. */
const KEPT_MS = 60_000;

export function createLiveCache<Event>(cache: QueryClient, options: Options<Event>): LiveCache<Event> {
  const { about, update, now = () => performance.now() } = options;
  const askedAt = new WeakMap<Query | Mutation, number>();
  let noted: { at: number; event: Event }[] = [];
  let begun = Number.NEGATIVE_INFINITY;

  function answered(request: Query | Mutation, queryKey: readonly unknown[]): void {
    const asked = askedAt.get(request) ?? now();
    if (asked < begun) void cache.invalidateQueries({ queryKey });
    noted.filter(({ at }) => at >= asked).forEach(({ event }) => update(event));
  }

  const stops = [
    cache.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.query.queryKey[0] !== about) return;
      if (event.action.type === "fetch") askedAt.set(event.query, now());
      if (event.action.type === "success" && !event.action.manual) answered(event.query, event.query.queryKey);
    }),
    // A change says so after its own onSuccess, so what that wrote is there to be corrected.
    cache.getMutationCache().subscribe((event) => {
      if (event.type !== "updated") return;
      if (event.action.type === "pending") askedAt.set(event.mutation, now());
      if (event.action.type === "success") answered(event.mutation, [about]);
    }),
  ];

  return {
    apply(event) {
      const at = now();
      noted = [...noted.filter((before) => at - before.at < KEPT_MS), { at, event }];
      update(event);
    },
    restart() {
      begun = now();
      noted = [];
      void cache.invalidateQueries({ queryKey: [about] });
    },
    close: () => stops.forEach((stop) => stop()),
  };
}
