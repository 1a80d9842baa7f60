/** What a person does with conversations as a whole: whom it changes, what takes it back, how it is said. Pure. */
import type { Conversation, ConversationStatus, Label, Mode, Priority } from "@/lib/api/types";
import { formatSoon } from "@/lib/format";
import { t } from "@/lib/i18n";

export type CareAct = { status: ConversationStatus; until?: string; undo?: boolean } | { assignee: string | null } | { label: Label; on: boolean } | { priority: Priority };
export type Step = CareAct | { mode: Mode };

export function isOver({ status }: Conversation): boolean {
  return status === "resolved" || status === "snoozed";
}

function bears(row: Conversation, { id }: Label): boolean {
  return row.labels.some((label) => label.id === id);
}

/** Whether the act has anything to do with this one. */
export function changes(act: CareAct, row: Conversation): boolean {
  if ("assignee" in act) return act.assignee !== row.assignee_id;
  if ("label" in act) return bears(row, act.label) !== act.on;
  if ("priority" in act) return act.priority !== row.priority;
  if (act.status === "open") return isOver(row);
  return act.status === "snoozed" || act.status !== row.status;
}

function statusBack(before: Conversation, after: Conversation, status: ConversationStatus, now: number): Step[] {
  const until = before.snoozed_until;
  const calls = before.needs_person && !after.needs_person;
  if (before.status === "snoozed") return until && Date.parse(until) > now ? [{ status: "snoozed", until }] : [{ status: "open" }];
  if (before.status === status && !calls) return [];
  return [{ status: before.status, ...(calls && { undo: true }) }];
}

/**
 * What makes a conversation again what it was before an act. A person who takes over opens it and has it from then
 * on, so after that step the status and the assignee are set anew. A call for a person that the act ended stands again.
 */
export function stepsBack(before: Conversation, after: Conversation, now: number): Step[] {
  const steps: Step[] = [];
  let { status, assignee_id } = after;
  if (before.mode !== after.mode) {
    steps.push({ mode: before.mode });
    status = before.mode === "human" ? "open" : "pending";
    assignee_id ??= before.mode === "human" ? "whoever took over" : null;
  }
  steps.push(...statusBack(before, after, status, now));
  if (before.assignee_id !== assignee_id) steps.push({ assignee: before.assignee_id });
  if (before.priority !== after.priority) steps.push({ priority: before.priority });
  for (const label of before.labels) if (!bears(after, label)) steps.push({ label, on: true });
  for (const label of after.labels) if (!bears(before, label)) steps.push({ label, on: false });
  return steps;
}

/** "Resolved." of one, "3 resolved." of three, "2 of 3 resolved." where one could not be. */
export function outcome(act: CareAct, done: readonly Conversation[], all: number): string {
  const how = all === 1 ? "one" : done.length === all ? "all" : "some";
  const values = { n: done.length, all };
  if ("assignee" in act) {
    const name = done[0]?.assignee?.name;
    return name ? t(`care.assigned.${how}`, { ...values, name }) : t(`care.unassigned.${how}`, values);
  }
  if ("label" in act) return t(`label.${act.on ? "put" : "taken"}.${how}`, { ...values, name: act.label.name });
  if ("priority" in act) return t(`priority.set.${how}`, { ...values, priority: t(`priority.${act.priority}`) });
  if (act.status === "snoozed") return t(`care.snoozed.${how}`, { ...values, time: formatSoon(act.until ?? "") });
  return t(act.status === "resolved" ? `care.resolved.${how}` : `care.reopened.${how}`, values);
}
