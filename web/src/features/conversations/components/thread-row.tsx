import type { Message } from "@/lib/api/types";
import { formatDay } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { ThreadItem } from "../hooks/thread-items";
import { type BubbleActions, MessageBubble } from "./message-bubble";

interface ThreadRowProps extends BubbleActions {
  item: ThreadItem;
  byId: Map<string, Message>;
  /** The message somebody went to. */
  lit: string | null;
  canSend: boolean;
}

/** One line of a thread: a message, a new day, or where the unread ones begin. */
export function ThreadRow({ item, byId, lit, ...rest }: ThreadRowProps) {
  if (item.kind === "day") return <Divider text={formatDay(item.iso)} strong={false} />;
  if (item.kind === "fresh") return <Divider text={t("thread.fresh")} strong />;
  const { kind, reply_to, target } = item.message;
  const about = kind === "reaction" ? target : reply_to;
  const quoted = about ? (byId.get(about) ?? null) : null;
  return <MessageBubble item={item} quoted={quoted} lit={item.message.id === lit} {...rest} />;
}

function Divider({ text, strong }: { text: string; strong: boolean }) {
  return (
    <div role="separator" aria-label={text} className="my-3 flex items-center justify-center gap-3">
      {strong ? <span className="h-px flex-1 bg-accent" /> : null}
      <span className={`rounded-full bg-raised px-3 py-0.5 text-small shadow-soft ${strong ? "font-medium text-accent" : "text-muted"}`}>
        {text}
      </span>
      {strong ? <span className="h-px flex-1 bg-accent" /> : null}
    </div>
  );
}
