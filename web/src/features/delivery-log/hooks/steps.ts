/** The steps of a message that have a time, in the order of its life: by their times they would mix, as providers' clocks know whole seconds. */
import type { LogLine } from "@/lib/api/types";
import type { TextKey } from "@/lib/i18n";

export interface Step {
  text: TextKey;
  at: string;
}

export function stepsOf(line: LogLine): Step[] {
  const incoming = line.direction === "in";
  const steps: readonly (readonly [TextKey, string | null])[] = [
    ["log.step.sent_at.in", incoming ? line.sent_at : null],
    ["log.step.created_at", line.created_at],
    ["log.step.queued_at", line.queued_at],
    ["log.step.sent_at.out", incoming ? null : line.sent_at],
    ["log.step.delivered_at", line.delivered_at],
    ["log.step.read_at", line.read_at],
    ["log.step.failed_at", line.failed_at],
    ["log.step.next_attempt_at", line.next_attempt_at],
  ];
  return steps.flatMap(([text, at]) => (at ? [{ text, at }] : []));
}
