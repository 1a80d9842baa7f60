import type { RefObject } from "react";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";

interface ListKeys {
  rows: Conversation[];
  selected: string | null;
  scroller: RefObject<HTMLElement | null>;
  reveal(index: number): void;
}

/** J and K move the focus from row to row, so Enter opens as on any link and a screen reader follows. */
export function useListKeys({ rows, selected, scroller, reveal }: ListKeys): void {
  function current(): number {
    const focused = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row;
    return rows.findIndex((row) => row.id === (focused ?? selected));
  }

  function focusRow(id: string, attempts = 10): void {
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${id}"]`);
    if (link) link.focus({ preventScroll: true });
    else if (attempts > 0) requestAnimationFrame(() => focusRow(id, attempts - 1));
  }

  function move(step: 1 | -1): void {
    const from = current();
    const to = Math.min(Math.max(from < 0 ? 0 : from + step, 0), rows.length - 1);
    const row = rows[to];
    if (!row) return;
    reveal(to);
    focusRow(row.id);
  }

  useKey("j", t("keys.next"), () => move(1));
  useKey("k", t("keys.previous"), () => move(-1));
  useKey("Enter", t("keys.open"), () => undefined, { native: true });
}
