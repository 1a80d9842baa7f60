/**
 * Keeps cached answers and the stream together. An answer may be older than an event that overtook it on the way,
 * so what came while a request was out is applied to its answer again; the tables of updates make that safe.
 */
import type { Query, QueryClient } from "@tanstack/react-query";

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
  const askedAt = new WeakMap<Query, number>();
  let noted: { at: number; event: Event }[] = [];
  let begun = Number.NEGATIVE_INFINITY;

  function answered(query: Query): void {
    const asked = askedAt.get(query) ?? now();
    if (asked < begun) void cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
    noted.filter(({ at }) => at >= asked).forEach(({ event }) => update(event));
  }

  const stop = cache.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.query.queryKey[0] !== about) return;
    if (event.action.type === "fetch") askedAt.set(event.query, now());
    if (event.action.type === "success" && !event.action.manual) answered(event.query);
  });

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
    close: stop,
  };
}
