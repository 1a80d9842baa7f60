import { ArrowLeft, Ban, Clock, Hand, PanelRight } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "@/components/avatar";
import { IconButton } from "@/components/button";
import { Foreign } from "@/components/foreign";
import type { Conversation } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { formatSoon } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { CareDesk } from "../hooks/use-care-desk";
import { CareActions } from "./care-actions";
import { ModeControl } from "./mode-control";
import { contactName, contactPhone, reasonText } from "./names";
import type { PanelPlace } from "./thread-panel";

interface HeaderProps {
  conversation: Conversation;
  desk: CareDesk;
  canAct: boolean;
  onBack?: () => void;
  /** The details, where there is a place for them. */
  panel?: PanelPlace;
}

/** Who this is, whether WhatsApp lets us write, who answers, and what can be done with it. */
export function ThreadHeader({ conversation, desk, canAct, onBack, panel }: HeaderProps) {
  const name = contactName(conversation.contact);
  const phone = contactPhone(conversation.contact);
  const called = conversation.needs_person && conversation.mode === "human" && conversation.assignee === null;
  return (
    <header className="@container flex items-center gap-2 border-b border-line bg-bg px-4 py-2 max-md:gap-1.5 max-md:px-2">
      {onBack ? (
        <IconButton label={t("thread.back")} onClick={onBack} className="md:hidden">
          <ArrowLeft size={20} aria-hidden />
        </IconButton>
      ) : null}
      <span className="mr-1 inline-flex max-md:hidden">
        <Avatar name={name} seed={conversation.contact.id} />
      </span>
      <div className="relative min-w-0 flex-1">
        {panel ? (
          <button type="button" aria-label={t("panel.of", { name })} onClick={panel.toggle} className="absolute inset-0 min-h-11 md:hidden" />
        ) : null}
        <h2 className="truncate text-lead font-semibold">
          <Foreign text={name} />
        </h2>
        <p className="flex items-center gap-2 overflow-hidden text-small whitespace-nowrap text-muted">
          {phone && phone !== name ? <Foreign text={phone} className="@max-[40rem]:hidden" /> : null}
          <WindowState conversation={conversation} />
          {conversation.contact.opted_out ? <Badge icon={<Ban size={12} aria-hidden />} text={t("thread.optedOut")} /> : null}
          {conversation.needs_person ? <Badge icon={<Hand size={12} aria-hidden />} text={t("inbox.needsPerson")} title={reasonText(conversation.needs_person_reason)} /> : null}
        </p>
      </div>
      <ModeControl conversationId={conversation.id} mode={conversation.mode} disabled={!canAct} onTake={called && desk.me ? () => desk.assign(desk.me) : undefined} />
      {canAct ? <CareActions conversation={conversation} desk={desk} /> : null}
      {panel ? (
        <IconButton
          label={t("panel.toggle")}
          aria-expanded={panel.open}
          aria-haspopup={panel.docked ? undefined : "dialog"}
          onClick={panel.toggle}
          className="max-md:hidden"
        >
          <PanelRight size={18} aria-hidden />
        </IconButton>
      ) : null}
    </header>
  );
}

function WindowState({ conversation }: { conversation: Conversation }) {
  const { open, closes_at } = conversation.window;
  const text = !open ? t("thread.windowClosed") : closes_at ? t("thread.windowOpen", { time: formatSoon(closes_at) }) : null;
  if (!text) return null;
  return (
    <span title={text} className={cx("inline-flex min-w-0 items-center gap-1", conversation.needs_person && "@max-[40rem]:hidden")}>
      <Clock size={12} aria-hidden className="shrink-0" />
      <span className="truncate">{text}</span>
    </span>
  );
}

function Badge({ icon, text, title }: { icon: ReactNode; text: string; title?: string }) {
  return (
    <span title={title} className="inline-flex items-center gap-1 rounded bg-amber-soft px-1.5 font-medium text-amber">
      {icon}
      {text}
    </span>
  );
}
