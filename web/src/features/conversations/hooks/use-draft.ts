import { useState } from "react";
import type { Colleague } from "@/lib/mentions";
import { readStored, writeStored } from "@/lib/storage";

export interface Draft {
  text: string;
  note: boolean;
  /** Colleagues who were chosen for a note. */
  mentions?: Colleague[] | undefined;
}

const EMPTY: Draft = { text: "", note: false };

/** What was being written to one conversation; survives a reload and a look elsewhere. Use with a key per conversation. */
export function useDraft(conversationId: string) {
  const key = `samvad.work.draft.${conversationId}`;
  const [draft, setDraft] = useState<Draft>(() => readStored(key, EMPTY));
  function update(change: Partial<Draft>): void {
    const next = { ...draft, ...change };
    setDraft(next);
    writeStored(key, next.text || next.note ? next : null);
  }
  return [draft, update] as const;
}
