import type { Conversation } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { formatSoon } from "@/lib/format";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useSetAssignee } from "../api/set-assignee";
import { useSetMode } from "../api/set-mode";
import { useSetStatus } from "../api/set-status";

/**
 * What a person does with a conversation as a whole; each act says what it did and can be taken back.
 * Acts are awaited as promises: whoever goes on to the next conversation still hears of this one.
 */
export function useCare(conversation: Conversation) {
  const status = useSetStatus(conversation.id);
  const assignee = useSetAssignee(conversation.id);
  const mode = useSetMode(conversation.id);
  const about = `care ${conversation.id}`;
  const failed = (error: Error) => notifyFailure(t("care.failed"), explain(error));

  function restore(before: Conversation) {
    if (before.mode === "human") mode.mutate("human", { onError: failed });
    else status.mutate({ status: before.status === "resolved" ? "open" : "pending" }, { onError: failed });
  }

  return {
    resolve() {
      const undo = () => restore(conversation);
      status.mutateAsync({ status: "resolved" }).then(() => notify(t("care.resolved"), { about, undo }), failed);
    },
    reopen() {
      status.mutateAsync({ status: "open" }).then(() => notify(t("care.reopened"), { about }), failed);
    },
    snooze(until: Date) {
      const time = formatSoon(until.toISOString());
      const undo = () => status.mutate({ status: conversation.mode === "human" ? "open" : "pending" }, { onError: failed });
      const change = { status: "snoozed", until: until.toISOString() } as const;
      status.mutateAsync(change).then(() => notify(t("care.snoozed", { time }), { about, undo }), failed);
    },
    assign(member: string | null) {
      const before = conversation.assignee_id;
      if (member === before) return;
      const undo = () => assignee.mutate(before, { onError: failed });
      assignee
        .mutateAsync(member)
        .then(
          ({ assignee: now }) => notify(now ? t("care.assigned", { name: now.name }) : t("care.unassigned"), { about, undo }),
          failed,
        );
    },
  };
}
