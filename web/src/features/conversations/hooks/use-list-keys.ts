import { type RefObject, useRef } from "react";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import type { Selecting } from "./use-selection";

interface ListKeys {
  rows: Conversation[];
  opened: string | null;
  scroller: RefObject<HTMLElement | null>;
  reveal(index: number): void;
}

/**
 * J and K move the focus from row to row, so Enter opens as on any link and a screen reader follows. Where the row with
 * the focus has left the list, they go on from its place. Tells which row the focus is on.
 */
export function useListKeys({ rows, opened, scroller, reveal }: ListKeys): () => Conversation | undefined {
  const left = useRef(0);

  function current(): number {
    const focused = document.activeElement?.closest("li")?.querySelector<HTMLElement>("[data-row]")?.dataset.row;
    const at = rows.findIndex((row) => row.id === (focused ?? opened));
    if (at >= 0) left.current = at;
    return at;
  }

  function focusRow(id: string, attempts = 10): void {
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${id}"]`);
    if (link) link.focus({ preventScroll: true });
    else if (attempts > 0) requestAnimationFrame(() => focusRow(id, attempts - 1));
  }

  function target(step: 1 | -1): number {
    const from = current();
    if (from >= 0) return from + step;
    return step > 0 ? left.current : left.current - 1;
  }

  function move(step: 1 | -1): void {
    const to = Math.min(Math.max(target(step), 0), rows.length - 1);
    const row = rows[to];
    if (!row) return;
    left.current = to;
    reveal(to);
    focusRow(row.id);
  }

  useKey("j", t("keys.next"), () => move(1));
  useKey("k", t("keys.previous"), () => move(-1));
  useKey("Enter", t("keys.open"), () => undefined, { native: true });
  return () => rows[current()];
}

/** X and its like select rows; Esc lets go of them before it closes anything else. */
export function useSelectionKeys(selection: Selecting, { when, focused }: { when: boolean; focused(): Conversation | undefined }): void {
  const withFocused = (act: (id: string) => void) => () => {
    const row = focused();
    if (row) act(row.id);
  };
  const some = when && selection.some;
  useKey("x", t("keys.select"), withFocused(selection.toggle), { when });
  useKey("shift+x", t("keys.selectRange"), withFocused(selection.extend), { when });
  useKey("mod+a", t("keys.selectAll"), selection.all, { when: some });
  useKey("Escape", t("keys.selectNone"), selection.clear, { when: some });
}
