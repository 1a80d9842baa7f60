import { Lock, Route, Sparkles } from "lucide-react";
import { memo } from "react";
import { IconButton } from "@/components/button";
import { Foreign } from "@/components/foreign";
import { Ticks } from "@/components/ticks";
import type { HandoverSummary, Message } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { formatFull, formatTime } from "@/lib/format";
import { t } from "@/lib/i18n";
import { isDeleted, isEdited } from "../hooks/message-facts";
import type { Bubble } from "../hooks/thread-items";
import { CitationChips } from "./citation-chips";
import { MessageContent, Quote } from "./message-content";
import { MessageFate } from "./message-fate";
import { authorName, lineText } from "./names";
import { summaryLines } from "./summary";

export interface BubbleActions {
  /** `cite` is the number of a source to begin with. */
  onTrace(messageId: string, cite?: number): void;
  onQuote(messageId: string): void;
}

interface BubbleProps extends BubbleActions {
  item: Bubble;
  quoted: Message | null;
  /** Just brought into sight. */
  lit: boolean;
  canSend: boolean;
}

function paint(message: Message): string {
  if (message.private) return "bg-note";
  return message.direction === "in" ? "bg-raised" : "bg-outbound";
}

/** A person's own words need no explanation; what the machine decided does. */
function isTraced({ message, pending }: Bubble): boolean {
  return !pending && !message.private && message.author !== "agent";
}

const BODY =
  "relative min-w-0 max-w-[min(36rem,65cqw)] rounded-xl px-3 py-1.5 text-text shadow-soft max-md:max-w-[80cqw]";

/** One message: who said it, what, when, and how far it came. */
export const MessageBubble = memo(function MessageBubble({ item, quoted, lit, canSend, onTrace, onQuote }: BubbleProps) {
  const { message, pending, first, last } = item;
  if (message.author === "system" && !message.private) return <SystemLine message={message} onTrace={onTrace} />;
  const out = message.direction === "out" || message.private;
  return (
    <article
      data-testid="message"
      data-author={message.author}
      data-message={message.id}
      className={cx("flex flex-col", out ? "items-end" : "items-start", last ? "mb-2" : "mb-0.5")}
    >
      <Author message={message} first={first} />
      <div className={cx("group flex max-w-full items-center gap-1", out ? "flex-row-reverse" : "flex-row")}>
        <div className={cx(BODY, paint(message), first && (out ? "rounded-tr-sm" : "rounded-tl-sm"), lit && "outline-2 outline-offset-2 outline-accent")}>
          {quoted ? <Quote message={quoted} onOpen={() => onQuote(quoted.id)} /> : null}
          <MessageContent message={message} />
          <Stamp message={message} />
        </div>
        {isTraced(item) ? <TraceButton message={message} onTrace={onTrace} /> : null}
      </div>
      {pending || message.author !== "assistant" ? null : <CitationChips message={message} onOpen={(at) => onTrace(message.id, at)} />}
      <MessageFate message={message} pending={pending} canSend={canSend} />
    </article>
  );
});

function Author({ message, first }: { message: Message; first: boolean }) {
  if (!first || (message.author === "customer" && !message.private)) {
    return <span className="sr-only">{authorName(message)}:</span>;
  }
  const Icon = message.private ? Lock : message.author === "assistant" ? Sparkles : null;
  const tone = message.private ? "font-medium text-amber" : Icon ? "font-medium text-accent" : "text-muted";
  return (
    <p className={cx("mb-0.5 flex items-center gap-1 px-1 text-small", tone)}>
      {Icon ? <Icon size={12} aria-hidden /> : null}
      {authorName(message)}
      {message.private ? <span className="font-normal">· {t("note.only")}</span> : null}
    </p>
  );
}

function Stamp({ message }: { message: Message }) {
  const out = message.direction === "out" && !message.private;
  return (
    <span className="float-right mt-1.5 ml-3 inline-flex translate-y-0.5 items-center gap-1 text-small text-bubble-muted">
      {isEdited(message) && !isDeleted(message) ? <span>{t("message.edited")}</span> : null}
      <time dateTime={message.sort_at} title={formatFull(message.sort_at)}>
        {formatTime(message.sort_at)}
      </time>
      {out ? <Ticks status={message.status} /> : null}
    </span>
  );
}

/** Shown on hover and focus; where there is no hover, only beside what the AI said. */
function TraceButton({ message, onTrace }: { message: Message; onTrace(id: string): void }) {
  const resting = message.author === "assistant" ? "[@media(hover:none)]:opacity-70" : "[@media(hover:none)]:hidden";
  return (
    <IconButton
      label={t("trace.open")}
      onClick={() => onTrace(message.id)}
      className={cx("opacity-0 group-hover:opacity-100 focus-visible:opacity-100", resting)}
    >
      <Route size={15} aria-hidden />
    </IconButton>
  );
}

function SystemLine({ message, onTrace }: { message: Message; onTrace(id: string): void }) {
  const summary = message.content?.summary as HandoverSummary | undefined;
  const hint = message.content?.hint;
  return (
    <div data-testid="message" data-author="system" className="my-2 flex justify-center">
      <button
        type="button"
        onClick={() => onTrace(message.id)}
        className="max-w-[80cqw] rounded-2xl max-md:min-h-11 bg-raised px-3 py-1 text-center text-small text-muted shadow-soft"
      >
        <Foreign text={lineText(message)} />
        <time className="ml-2" dateTime={message.sort_at}>
          {formatTime(message.sort_at)}
        </time>
        {summary ? summaryLines(summary).map((line) => <Foreign key={line} text={line} className="block text-text" />) : null}
        {typeof hint === "string" && hint ? <Foreign text={t("line.hint", { hint })} className="block text-text" /> : null}
      </button>
    </div>
  );
}
