import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { Button } from "@/components/button";
import { InlineError, Skeleton } from "@/components/notice";
import type { Conversation } from "@/lib/api/types";
import { t, tn } from "@/lib/i18n";
import { useMessages } from "../api/list-messages";
import { usePending } from "../hooks/outbox";
import { buildThread, indexMessages, useFreshFrom } from "../hooks/thread-items";
import { useAway } from "../hooks/use-away";
import { useFollowOwn, useStayAtEnd, useSteadyAbove } from "../hooks/use-end";
import { useGoTo } from "../hooks/use-go-to";
import { useTyping } from "../hooks/use-typing";
import { contactName } from "./names";
import { ThreadRow } from "./thread-row";
import { AiWriting } from "./ai-writing";
import { TypingMark } from "./typing-mark";

interface MessageListProps {
  conversation: Conversation;
  /** A message to bring into sight. */
  goTo: string | null;
  canSend: boolean;
  onTrace(messageId: string, cite?: number): void;
}

type Messages = ReturnType<typeof useMessages>;

const GUESS = 64;
/** Older messages are asked for while this many rows are still above the reader. */
const AHEAD = 15;

/** The thread: only what is in sight exists; it stays at its end, and in its place while older pages come above. */
export function MessageList({ conversation, goTo, canSend, onTrace }: MessageListProps) {
  const query = useMessages(conversation.id);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const pending = usePending(conversation.id);
  const typing = useTyping(conversation.id);
  const scroller = useRef<HTMLDivElement>(null);
  const messages = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const freshFrom = useFreshFrom(messages, conversation.unread);
  const items = useMemo(() => buildThread(messages, pending, freshFrom), [messages, pending, freshFrom]);
  const byId = useMemo(() => indexMessages(messages), [messages]);
  const name = contactName(conversation.contact);
  const older = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => GUESS,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 60,
    initialOffset: Number.MAX_SAFE_INTEGER,
  });
  const shown = list.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const away = useAway(list, messages);
  const [lit, show] = useGoTo({ list, items, goTo, more: hasNextPage && !isFetchNextPageError, busy: isFetchingNextPage, older });

  useEffect(() => {
    if (items.length > 0 && first < AHEAD && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) older();
  }, [items.length, first, hasNextPage, isFetchingNextPage, isFetchNextPageError, older]);
  useFollowOwn(pending.length, () => list.scrollToEnd());
  useStayAtEnd(scroller, list);
  useSteadyAbove(list);

  return (
    <div className="@container relative flex min-h-0 flex-1 flex-col bg-thread">
      <ThreadTrouble query={query} />
      <div
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label={t("thread.label", { name })}
        data-testid="thread-scroller"
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain px-4 outline-offset-[-2px] [overflow-anchor:none] max-md:px-3"
      >
        <p className="mt-auto flex min-h-8 shrink-0 items-center justify-center text-small text-muted">
          {topLine(query, items.length)}
        </p>
        <div className="relative shrink-0" style={{ height: list.getTotalSize() }}>
          <div className="absolute inset-x-0 top-0" style={{ transform: `translateY(${shown[0]?.start ?? 0}px)` }}>
            {shown.map(({ key, index }) => {
              const item = items[index];
              return item ? (
                <div key={key} ref={list.measureElement} data-index={index} className="flow-root">
                  <ThreadRow item={item} byId={byId} lit={lit} canSend={canSend} onTrace={onTrace} onQuote={show} />
                </div>
              ) : null;
            })}
          </div>
        </div>
        <div className="min-h-3 shrink-0">{typing && typing.author !== "assistant" ? <TypingMark typing={typing} contact={name} /> : null}</div>
      </div>
      <AiWriting conversation={conversation} messages={messages} canStop={canSend} />
      {away.far ? (
        <Button
          look="plain"
          aria-label={away.count ? undefined : t("thread.toLatest")}
          onClick={() => list.scrollToEnd()}
          className="animate-rise absolute right-4 bottom-3 rounded-full shadow-lg"
        >
          <ArrowDown size={16} aria-hidden />
          {away.count ? tn("thread.newBelow", away.count) : null}
        </Button>
      ) : null}
    </div>
  );
}

/** What could not be read, over what is there already; grey bubbles while there is nothing yet. */
function ThreadTrouble({ query }: { query: Messages }) {
  const { data, error, isError, isFetchNextPageError } = query;
  if (!isError) {
    return data ? null : (
      <div className="pointer-events-none absolute inset-0 overflow-hidden">
        <Skeleton rows={6} className="h-16 px-4 py-2" />
      </div>
    );
  }
  if (isFetchNextPageError) {
    return <InlineError title={t("thread.olderFailed")} error={error} retry={() => void query.fetchNextPage()} />;
  }
  return <InlineError title={t(data ? "thread.stale" : "thread.failed")} error={error} retry={() => void query.refetch()} />;
}

/** What stands above the oldest message that is here. */
function topLine({ data, isFetchingNextPage, hasNextPage }: Messages, shown: number): string {
  if (!data) return "";
  if (shown === 0) return t("thread.empty");
  if (isFetchingNextPage) return t("thread.older");
  return hasNextPage ? "" : t("thread.start");
}
