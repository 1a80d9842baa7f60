/** What the delivery log can be asked for, and how a state is coloured. */
import type { Tone } from "@/components/badge";
import type { LogLine } from "@/lib/api/types";

export type LogState = LogLine["status"];

export const LOG_STATES = [
  "failed",
  "unknown",
  "held",
  "skipped",
  "queued",
  "sending",
  "sent",
  "delivered",
  "read",
  "received",
] as const satisfies readonly LogState[];

export type LogAction = NonNullable<LogLine["action"]>;

/** What may come of a customer's message. */
export const LOG_ACTIONS = ["ai_replied", "queued_for_human", "stopped", "waiting", "blocked"] as const satisfies readonly LogAction[];

/** Codes in the order in which people meet them; another one may stand in the address. */
export const LOG_REASONS = [
  "window_closed",
  "recipient_unreachable",
  "outcome_unknown",
  "provider_unavailable",
  "rejected",
  "template_rejected",
  "template_missing",
  "template_stopped",
  "quality_assessment",
  "credentials_rejected",
  "channel_blocked",
  "number_throttled",
  "recipient_throttled",
  "spam_limited",
  "try_tomorrow",
  "opted_out",
  "recipient_opted_out",
  "taken_over",
  "loop_guard",
  "restored",
  "blocked",
  "suspended",
] as const;

export interface LogFilter {
  state: LogState | undefined;
  action: LogAction | undefined;
  direction: "in" | "out" | undefined;
  channel: string | undefined;
  phone: string | undefined;
  reason: string | undefined;
  from: string | undefined;
  to: string | undefined;
}

export interface LogSearch extends Partial<Omit<LogFilter, "from" | "to">> {
  /** The one that is open. */
  message?: string | undefined;
}

const TONES: Record<LogState, Tone> = {
  failed: "bad",
  unknown: "doubtful",
  held: "doubtful",
  skipped: "plain",
  queued: "plain",
  sending: "plain",
  sent: "plain",
  delivered: "good",
  read: "good",
  received: "good",
};

export const toneOf = (line: LogLine): Tone => (line.hold ? "doubtful" : TONES[line.status]);
