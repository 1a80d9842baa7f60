import { lazy, Suspense } from "react";
import type { Conversation } from "@/lib/api/types";
import type { CareDesk } from "../hooks/use-care-desk";

const AssignDialog = lazy(() => import("./assign-dialog"));
const SnoozeDialog = lazy(() => import("./snooze-dialog"));

/** What an act on the conversation still has to ask. */
export function CareDialogs({ conversation, desk }: { conversation: Conversation; desk: CareDesk }) {
  const close = () => desk.ask(null);
  return (
    <Suspense>
      {desk.asking === "assign" ? (
        <AssignDialog conversation={conversation} me={desk.me} onPick={desk.care.assign} onClose={close} />
      ) : null}
      {desk.asking === "snooze" ? <SnoozeDialog onPick={desk.care.snooze} onClose={close} /> : null}
    </Suspense>
  );
}
