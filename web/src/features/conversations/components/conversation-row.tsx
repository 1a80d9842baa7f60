import { Link } from "@tanstack/react-router";
import { AlarmClock, Hand } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "@/components/avatar";
import { Foreign } from "@/components/foreign";
import { LabelChips } from "@/components/label-chip";
import type { Conversation } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { formatFull, formatRowTime } from "@/lib/format";
import { t, tn } from "@/lib/i18n";
import { listOnly } from "../hooks/list-view";
import { MentionMark } from "./mention-mark";
import { ModeMark } from "./mode-mark";
import { contactName, gist, previewSender, reasonText, reasonWords, saysMoreThanWanted } from "./names";
import { PriorityMark } from "./priority-mark";

export const ROW_HEIGHT = 64;

interface RowProps {
  row: Conversation;
  /** Nothing while no row is selected: then the tint is the open conversation's. */
  selected?: boolean | undefined;
}

/** One conversation of the list: who, when, the latest words and who said them, unread, who answers. */
export function ConversationRow({ row, selected }: RowProps) {
  const name = contactName(row.contact);
  const asked = saysMoreThanWanted(row);
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: row.id }}
      search={({ panel, ...view }) => ({ ...listOnly(view), panel, message: row.match?.message_id })}
      preload={false}
      data-row={row.id}
      className={cx(
        "flex h-16 items-center gap-3 border-b border-line/70 px-3 outline-offset-[-2px]",
        selected ? "bg-accent-soft" : "hover:bg-surface",
        selected === undefined ? "aria-[current=page]:bg-accent-soft" : "aria-[current=page]:shadow-[inset_3px_0_0_var(--accent)]",
        row.needs_person && "border-l-3 border-l-amber pl-2.25",
      )}
    >
      <span className="inline-flex group-hover/row:invisible group-has-focus-visible/row:invisible group-data-selecting/row:invisible">
        <Avatar name={name} seed={row.contact.id} />
      </span>
      <span className={cx("flex min-w-0 flex-1 flex-col", !asked && "gap-0.5")}>
        <span className="flex items-baseline gap-2">
          <span className={cx("min-w-24 flex-1 truncate text-body max-md:text-lead", row.unread > 0 ? "font-semibold" : "font-medium")}>
            <Foreign text={name} />
          </span>
          <PriorityMark priority={row.priority} />
          <LabelChips labels={row.labels} most={2} />
          {row.last_message_at ? (
            <time
              dateTime={row.last_message_at}
              title={formatFull(row.last_message_at)}
              className={cx("shrink-0 text-small", row.unread > 0 ? "font-medium text-accent" : "text-muted")}
            >
              {formatRowTime(row.last_message_at)}
            </time>
          ) : null}
        </span>
        <Words row={row} asked={asked}>
          <MentionMark row={row} />
          {row.snoozed_until ? <Asleep until={row.snoozed_until} /> : null}
          {row.assignee ? <Assignee name={row.assignee.name} id={row.assignee.id} /> : null}
          <ModeMark mode={row.mode} />
          {row.unread > 0 ? (
            <span className="min-w-5 shrink-0 rounded-full bg-accent px-1.5 text-center text-small font-semibold text-on-accent">
              <span aria-hidden>{row.unread > 99 ? "99+" : row.unread}</span>
              <span className="sr-only">{tn("inbox.unread", row.unread)}</span>
            </span>
          ) : null}
        </Words>
      </span>
    </Link>
  );
}

interface WordsProps {
  row: Conversation;
  asked: string | null;
  children: ReactNode;
}

/** The latest words before the marks; what a person is asked for stands over them, where it is something else. */
function Words({ row, asked, children }: WordsProps) {
  const reason = row.needs_person ? <NeedsPerson reason={row.needs_person_reason} /> : null;
  if (!asked) {
    return (
      <span className="flex items-center gap-2">
        {reason}
        <Preview row={row} />
        {children}
      </span>
    );
  }
  return (
    <>
      <span className="flex items-center gap-2">
        {reason}
        <Wants text={asked} />
      </span>
      <span className="flex items-center gap-2">
        <Newest row={row} small />
        {children}
      </span>
    </>
  );
}

/** A search shows the line it found, with its words marked. */
function Found({ match }: { match: NonNullable<Conversation["match"]> }) {
  return (
    <bdi dir="auto" className="foreign">
      {match.parts.map((part, at) => (part.hit ? <mark key={at} className="bg-accent-soft font-medium text-text">{part.text}</mark> : part.text))}
    </bdi>
  );
}

function Preview({ row }: { row: Conversation }) {
  if (row.match) {
    return (
      <span className="min-w-0 flex-1 truncate text-body text-muted" data-testid="match">
        <Found match={row.match} />
      </span>
    );
  }
  const wants = row.needs_person_summary?.wants;
  return wants ? <Wants text={wants} /> : <Newest row={row} />;
}

function Wants({ text }: { text: string }) {
  return (
    <span className="min-w-0 flex-1 truncate text-body text-text" data-testid="wants">
      <Foreign text={text} />
    </span>
  );
}

function Newest({ row, small }: { row: Conversation; small?: boolean }) {
  if (!row.preview) return <span className="flex-1" />;
  return (
    <span className={cx("min-w-0 flex-1 truncate text-muted", small ? "text-small" : "text-body")} data-testid="preview">
      {previewSender(row.preview)}
      <Foreign text={gist(row.preview)} />
    </span>
  );
}

function Asleep({ until }: { until: string }) {
  const label = t("snooze.until", { time: formatFull(until) });
  return (
    <span role="img" aria-label={label} title={label} className="inline-flex shrink-0 text-muted">
      <AlarmClock size={14} aria-hidden />
    </span>
  );
}

function Assignee({ name, id }: { name: string; id: string }) {
  const label = t("assign.to", { name });
  return (
    <span role="img" aria-label={label} title={label} className="inline-flex shrink-0">
      <Avatar name={name} seed={id} size="size-4.5 text-[8px]" />
    </span>
  );
}

/** Why a person is asked, in words and before all else: such rows stand first. */
function NeedsPerson({ reason }: { reason: string | null }) {
  const why = reasonText(reason) || t("inbox.needsPerson");
  return (
    <span
      title={why}
      data-testid="needs-person"
      className="inline-flex max-w-1/2 shrink-0 items-center gap-1 rounded bg-amber-soft px-1.5 text-small leading-5 text-amber"
    >
      <Hand size={12} aria-hidden className="shrink-0" />
      <span aria-hidden className="truncate">
        {reasonWords(reason)}
      </span>
      <span className="sr-only">{why}</span>
    </span>
  );
}
