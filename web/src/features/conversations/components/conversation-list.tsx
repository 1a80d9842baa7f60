import { Link, useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { Button } from "@/components/button";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import type { Conversation } from "@/lib/api/types";
import { t, tn } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { useCan } from "@/lib/me";
import type { ConversationFilter } from "@/lib/query-keys";
import { useConversations } from "../api/list-conversations";
import { listOrder, nextUnread } from "../hooks/list-order";
import { listOnly } from "../hooks/list-view";
import { useListKeys, useSelectionKeys } from "../hooks/use-list-keys";
import { usePointerNear } from "../hooks/use-pointer-near";
import { useSelection } from "../hooks/use-selection";
import { useSteadyRows } from "../hooks/use-steady-rows";
import { ConversationRow, ROW_HEIGHT } from "./conversation-row";
import { SelectableRow } from "./selectable-row";
import { SelectionBar } from "./selection-bar";

interface ListProps {
  filter: ConversationFilter;
  /** Whether the reader chose less than there is. */
  filtered: boolean;
  opened: string | null;
  onClear(): void;
}

/** The list: only the rows in sight exist, further pages come on the way down, and rows do not move under the reader. */
export function ConversationList({ filter, filtered, opened, onClear }: ListProps) {
  const query = useConversations(filter);
  const live = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { rows, fresh, hold, release } = useSteadyRows(live);
  const scroller = useRef<HTMLDivElement>(null);
  const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows]); // another one measures all anew
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey,
    overscan: 5,
  });
  const items = list.getVirtualItems();
  const lastSeen = items[items.length - 1]?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;

  const atTop = () => (scroller.current?.scrollTop ?? 0) < 8;
  const near = usePointerNear(scroller, { onMove: hold, onRest: () => atTop() && release() });
  const canSelect = useCan()("care");
  const selection = useSelection(rows);
  const focused = useListKeys({ rows, opened, scroller, reveal: (index) => list.scrollToIndex(index) });
  useSelectionKeys(selection, { when: canSelect, focused });
  useBarBelow(scroller, selection.some);
  useNextUnread(live, opened);

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && rows.length - lastSeen < 20) void fetchNextPage();
  }, [rows.length, lastSeen, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  if (query.isPending) {
    return (
      <div className="min-h-0 flex-1 overflow-hidden">
        <Skeleton rows={9} className="h-16 px-3 py-2" />
      </div>
    );
  }
  if (query.isError && !query.data) {
    return <InlineError title={t("inbox.failed")} error={query.error} retry={() => void query.refetch()} />;
  }
  if (rows.length === 0) return <EmptyList filtered={filtered} onClear={onClear} />;

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {query.isError ? <InlineError title={t("inbox.stale")} error={query.error} retry={() => void query.refetch()} /> : null}
      {fresh > 0 ? (
        <Button
          look="primary"
          className="animate-rise absolute top-2 left-1/2 z-10 -translate-x-1/2 rounded-full shadow-lg"
          onClick={() => {
            scroller.current?.scrollTo({ top: 0 });
            release();
          }}
        >
          <ArrowUp size={14} aria-hidden />
          {tn("inbox.fresh", fresh)}
        </Button>
      ) : null}
      <div
        ref={scroller}
        tabIndex={-1}
        data-testid="conversation-scroller"
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain [contain:strict]"
        onScroll={() => (atTop() ? near.current || release() : hold())}
      >
        <ul aria-label={t("inbox.list")} className="relative" style={{ height: list.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            return row ? (
              <li
                key={item.key}
                aria-setsize={hasNextPage ? -1 : rows.length}
                aria-posinset={item.index + 1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {canSelect ? <SelectableRow row={row} selection={selection} /> : <ConversationRow row={row} />}
              </li>
            ) : null;
          })}
        </ul>
        {isFetchNextPageError ? <InlineError error={query.error} retry={() => void fetchNextPage()} /> : null}
      </div>
      <p role="status" className="sr-only">
        {selection.some ? tn("select.count", selection.rows.length) : ""}
      </p>
      {selection.some ? <SelectionBar selection={selection} loaded={rows.length} more={hasNextPage} /> : null}
    </div>
  );
}

/** N opens the next conversation with something unread; others learn the order of the rows from here. */
function useNextUnread(rows: Conversation[], opened: string | null): void {
  const navigate = useNavigate();
  useEffect(() => listOrder.set(rows), [rows]);
  useKey("n", t("keys.nextUnread"), () => {
    const next = nextUnread(rows, opened);
    if (!next) return;
    void navigate({ to: "/inbox/$conversationId", params: { conversationId: next }, search: listOnly });
  });
}

/** The bar takes room from below: what was just selected stays in sight. It takes the focus along when it goes: the list has it then. */
function useBarBelow(list: RefObject<HTMLElement | null>, shown: boolean): void {
  useEffect(() => {
    const element = list.current;
    if (!shown) return;
    element?.querySelector("li:has(:checked)")?.scrollIntoView({ block: "nearest" });
    return () => {
      if (document.activeElement === document.body) element?.focus({ preventScroll: true });
    };
  }, [list, shown]);
}

const ACTION = "target inline-flex items-center rounded-card px-3";

function EmptyList({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  if (filtered) {
    return (
      <EmptyState hanging title={t("inbox.none.title")} body={t("inbox.none.body")}>
        <Button onClick={onClear}>{t("inbox.none.clear")}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState hanging title={t("inbox.empty.title")} body={t("inbox.empty.body")}>
      <Link to="/simulator" className={`${ACTION} bg-accent text-on-accent`}>
        {t("inbox.empty.simulator")}
      </Link>
      <Link to="/settings/channels" className={`${ACTION} border border-control`}>
        {t("inbox.empty.channel")}
      </Link>
    </EmptyState>
  );
}
