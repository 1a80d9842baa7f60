import { useMemo, useState } from "react";
import type { Conversation } from "@/lib/api/types";

/** What each held row was when it was held. */
type Held = ReadonlyMap<string, Conversation>;

interface SteadyRows {
  rows: Conversation[];
  /** Rows that would stand elsewhere, or at all, if the list moved. */
  fresh: number;
  hold(): void;
  release(): void;
}

/** Keeps rows where they are while somebody reads or aims at them; what changed meanwhile is only counted. */
export function useSteadyRows(live: Conversation[]): SteadyRows {
  const [held, setHeld] = useState<Held | null>(null);
  // Ten thousand rows may be here, and each frame of a scroll asks: only when one of them changed is it worth a walk.
  const view = useMemo(() => (held ? steady(live, held) : { rows: live, fresh: 0 }), [live, held]);
  return {
    ...view,
    hold: () => setHeld((before) => before ?? new Map(live.map((row) => [row.id, row]))),
    release: () => setHeld(null),
  };
}

export function steady(live: Conversation[], held: Held): { rows: Conversation[]; fresh: number } {
  const byId = new Map(live.map((row) => [row.id, row]));
  const kept = [...held.keys()].flatMap((id) => byId.get(id) ?? []);
  const lastHeld = live.findLastIndex((row) => held.has(row.id));
  const unknown = live.filter((row) => !held.has(row.id));
  const older = live.slice(lastHeld + 1);
  const moved = kept.filter((row) => moves(held.get(row.id), row));
  return { rows: [...kept, ...older], fresh: unknown.length - older.length + moved.length };
}

function moves(before: Conversation | undefined, now: Conversation): boolean {
  return now.needs_person !== before?.needs_person || moment(now.last_message_at) > moment(before.last_message_at);
}

function moment(iso: string | null): number {
  return iso ? Date.parse(iso) : 0;
}
