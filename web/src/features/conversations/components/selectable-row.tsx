import type { MouseEvent } from "react";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useLongPress } from "../hooks/use-long-press";
import type { Selecting } from "../hooks/use-selection";
import { ConversationRow } from "./conversation-row";
import { contactName } from "./names";

/**
 * A row that can be selected. The checkbox takes the avatar's place under the mouse, with the focus, and while
 * anything is selected; on touch a long press selects the first one, and from then on a tap the others.
 */
export function SelectableRow({ row, selection }: { row: Conversation; selection: Selecting }) {
  const on = selection.has(row.id);
  const press = useLongPress(() => selection.toggle(row.id));

  function choose(event: MouseEvent) {
    if (event.detail === 0) return; // by a key
    const onBox = event.target instanceof Element && event.target.closest("label") !== null;
    const tapped = press.isTouch() && selection.some && !onBox;
    if (!press.wasLong() && !event.shiftKey && !tapped) return;
    event.preventDefault();
    event.stopPropagation();
    if (press.wasLong()) return;
    if (event.shiftKey) selection.extend(row.id);
    else selection.toggle(row.id);
  }

  return (
    <div
      data-selecting={selection.some || undefined}
      className="group/row relative select-none [-webkit-touch-callout:none]"
      onClickCapture={choose}
      {...press.on}
    >
      <label className="pointer-events-none absolute inset-y-0 left-0 z-1 flex w-16 cursor-pointer items-center justify-center opacity-0 group-hover/row:pointer-events-auto group-hover/row:opacity-100 group-has-focus-visible/row:opacity-100 group-data-selecting/row:pointer-events-auto group-data-selecting/row:opacity-100">
        <input
          type="checkbox"
          checked={on}
          aria-label={t("select.one", { name: contactName(row.contact) })}
          onChange={() => selection.toggle(row.id)}
          className="pointer-events-none size-5 accent-accent"
        />
      </label>
      <ConversationRow row={row} selected={selection.some ? on : undefined} />
    </div>
  );
}
