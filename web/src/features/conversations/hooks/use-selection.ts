import { useEffect, useState } from "react";
import type { Conversation } from "@/lib/api/types";
import { allOf, extended, NOTHING, selecting, toggled, within, without } from "./selection";

/** The selected rows of a list, in the list's order; another filter is another list and begins with none. */
export function useSelection(rows: readonly Conversation[]) {
  const [kept, set] = useState(NOTHING);
  const selection = within(kept, rows);
  if (selection !== kept) set(selection);
  const some = selection.ids.size > 0;

  useEffect(() => selecting.set(some), [some]);
  useEffect(() => () => selecting.set(false), []);

  return {
    rows: some ? rows.filter((row) => selection.ids.has(row.id)) : [],
    some,
    has: (id: string) => selection.ids.has(id),
    toggle: (id: string) => set((before) => toggled(before, id)),
    extend: (id: string) => set((before) => extended(before, rows, id)),
    all: () => set(allOf(rows)),
    drop: (gone: readonly Conversation[]) => set((before) => without(before, gone)),
    clear: () => set(NOTHING),
  };
}

export type Selecting = ReturnType<typeof useSelection>;
