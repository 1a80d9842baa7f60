import type { Mode } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t, tn } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useSetMode } from "../api/set-mode";

export const OTHER: Record<Mode, Mode> = { ai: "human", human: "ai" };

/** Changes who answers: painted at once, with Undo, painted back when refused. */
export function useSwitchMode(conversationId: string): (next: Mode) => void {
  const change = useSetMode();

  function switchTo(next: Mode, { undoable }: { undoable: boolean }): void {
    change.mutate({ id: conversationId, mode: next, undo: !undoable }, {
      onError: (error) => notifyFailure(t("mode.failed"), explain(error)),
      onSuccess: ({ in_flight }) =>
        notify(t(next === "human" ? "mode.tookOver" : "mode.gaveBack"), {
          about: `mode ${conversationId}`,
          description: in_flight.length ? tn("mode.inFlight", in_flight.length) : undefined,
          undo: undoable ? () => switchTo(OTHER[next], { undoable: false }) : undefined,
        }),
    });
  }

  return (next) => switchTo(next, { undoable: true });
}
