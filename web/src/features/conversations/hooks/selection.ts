/** Which rows of the list are selected. Pure. */
import type { Conversation } from "@/lib/api/types";
import { createStore } from "@/lib/store";

export interface Selection {
  ids: ReadonlySet<string>;
  /** Where a range begins: the row that was chosen last. */
  anchor: string | null;
}

/** Whether keys mean the selected rows, not the open conversation. */
export const selecting = createStore(false);

export const NOTHING: Selection = { ids: new Set(), anchor: null };

export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Also all from the anchor to `id`; where the anchor is gone, `id` alone. */
export function extended({ ids, anchor }: Selection, rows: readonly Conversation[], id: string): Selection {
  const to = rows.findIndex((row) => row.id === id);
  const from = rows.findIndex((row) => row.id === anchor);
  const ends = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  const range = rows.slice(ends[0], (ends[1] ?? to) + 1).map((row) => row.id);
  return { ids: new Set([...ids, ...range]), anchor: id };
}

export function allOf(rows: readonly Conversation[]): Selection {
  return { ids: new Set(rows.map((row) => row.id)), anchor: null };
}

export function without({ ids, anchor }: Selection, gone: readonly Conversation[]): Selection {
  const next = new Set(ids);
  gone.forEach((row) => next.delete(row.id));
  return { ids: next, anchor };
}

/** A row that left the list is not selected any more; the same selection where none did. */
export function within(selection: Selection, rows: readonly Conversation[]): Selection {
  if (selection.ids.size === 0) return selection;
  const here = rows.filter((row) => selection.ids.has(row.id));
  return here.length === selection.ids.size ? selection : { ...allOf(here), anchor: selection.anchor };
}
