import { lazy, Suspense } from "react";
import type { CareDesk } from "../hooks/use-care-desk";

const AssignDialog = lazy(() => import("./assign-dialog"));
const LabelDialog = lazy(() => import("./label-dialog"));
const PriorityDialog = lazy(() => import("./priority-dialog"));
const SnoozeDialog = lazy(() => import("./snooze-dialog"));

/** What an act on one conversation or several still has to ask. */
export function CareDialogs({ desk }: { desk: CareDesk }) {
  const close = () => desk.ask(null);
  return (
    <Suspense>
      {desk.asking === "assign" ? <AssignDialog rows={desk.rows} me={desk.me} onPick={desk.assign} onClose={close} /> : null}
      {desk.asking === "snooze" ? <SnoozeDialog count={desk.rows.length} onPick={desk.snooze} onClose={close} /> : null}
      {desk.asking === "label" ? <LabelDialog rows={desk.rows} onPick={desk.label} onClose={close} /> : null}
      {desk.asking === "priority" ? <PriorityDialog rows={desk.rows} onPick={desk.rate} onClose={close} /> : null}
    </Suspense>
  );
}
