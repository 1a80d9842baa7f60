import { Check, CheckCheck, CircleAlert, CircleHelp, Clock, Minus, Pause } from "lucide-react";
import type { MessageStatus } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { tWord } from "@/lib/i18n";

const ICONS = {
  queued: Clock,
  sending: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
  held: Pause,
  skipped: Minus,
} as const;

const TONES: Partial<Record<MessageStatus, string>> = {
  read: "text-tick-read",
  failed: "text-danger",
  unknown: "text-amber",
  held: "text-amber",
};

/** How far an outbound message came; the picture's name says it in a word. */
export function Ticks({ status }: { status: MessageStatus }) {
  if (status === "received") return null;
  const Icon = ICONS[status];
  return (
    <span
      role="img"
      aria-label={tWord("state", status, status)}
      title={tWord("state", status, status)}
      data-testid="ticks"
      data-state={status}
      className={cx("inline-flex", TONES[status] ?? "text-bubble-muted")}
    >
      <Icon size={15} strokeWidth={2.25} aria-hidden />
    </span>
  );
}
