import type { Conversation } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useSetAssignee } from "../api/set-assignee";
import { useSetLabel } from "../api/set-label";
import { useSetMode } from "../api/set-mode";
import { useSetPriority } from "../api/set-priority";
import { useSetStatus } from "../api/set-status";
import { type CareAct, changes, outcome, type Step, stepsBack } from "./care-acts";
import { type Settled, settleEach } from "./settle-each";

type Cared = Settled<Conversation, Conversation>;
export type Care = (act: CareAct, rows: readonly Conversation[]) => Promise<Cared>;

/**
 * What a person does with one conversation or several; each act says once what it did and can be taken back.
 * Of what could not be done, the caller speaks: it knows where. Acts are awaited as promises: whoever goes on to the next conversation still hears of this one.
 */
export function useCare(): Care {
  const { mutateAsync: setStatus } = useSetStatus();
  const { mutateAsync: setAssignee } = useSetAssignee();
  const { mutateAsync: setLabel } = useSetLabel();
  const { mutateAsync: setPriority } = useSetPriority();
  const { mutateAsync: setMode } = useSetMode();

  function apply(act: CareAct, id: string): Promise<Conversation> {
    if ("label" in act) return setLabel({ id, label: act.label.id, on: act.on });
    if ("priority" in act) return setPriority({ id, priority: act.priority });
    return "assignee" in act ? setAssignee({ id, ...act }) : setStatus({ id, ...act });
  }

  async function takeBack(done: Cared["done"]): Promise<void> {
    const { failed } = await settleEach(done, async ([before, after]) => {
      for (const step of stepsBack(before, after, Date.now())) await takeStep(step, before.id);
    });
    if (failed.length) notifyFailure(t(done.length > 1 ? "care.failedOf" : "care.failed", { n: failed.length, all: done.length }), reasons(failed));
  }

  function takeStep(step: Step, id: string): Promise<unknown> {
    return "mode" in step ? setMode({ id, ...step }) : apply(step, id);
  }

  return async function care(act, rows) {
    const due = rows.filter((row) => changes(act, row));
    const settled = await settleEach(due, (row) => apply(act, row.id));
    const { done } = settled;
    if (done.length) {
      notify(outcome(act, done.map(([, now]) => now), due.length), {
        about: `care ${due.map(({ id }) => id).join(" ")}`,
        undo: () => void takeBack(done),
      });
    }
    return settled;
  };
}

export function reasons(failed: readonly [unknown, unknown][]): string {
  return [...new Set(failed.map(([, error]) => explain(error)))].join(" ");
}
