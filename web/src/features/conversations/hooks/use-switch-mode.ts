import { useEffect, useRef } from "react";
import type { Mode } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t, tn } from "@/lib/i18n";
import { notify, notifyFailure, withdraw } from "@/lib/notify";
import { useSetMode } from "../api/set-mode";
import { offerHint } from "./hint-offer";

export const OTHER: Record<Mode, Mode> = { ai: "human", human: "ai" };

const notice = (conversationId: string) => `mode ${conversationId}`;

/** Sending switches too, and so do others: what was said of the mode before is true no more. */
export function useTrueNotice(conversationId: string, mode: Mode): void {
  const last = useRef(mode);
  useEffect(() => {
    if (last.current !== mode) withdraw(notice(conversationId));
    last.current = mode;
  }, [conversationId, mode]);
}

/** Changes who answers: painted at once, with Undo, painted back when refused. */
export function useSwitchMode(conversationId: string): (next: Mode, hint?: "asked") => void {
  const change = useSetMode();

  function switchTo(next: Mode, { undoable, asked = false }: { undoable: boolean; asked?: boolean }): void {
    change.mutate({ id: conversationId, mode: next, undo: !undoable }, {
      onError: (error) => notifyFailure(t("mode.failed"), explain(error)),
      onSuccess: ({ in_flight }) => {
        notify(t(next === "human" ? "mode.tookOver" : "mode.gaveBack"), {
          about: notice(conversationId),
          description: in_flight.length ? tn("mode.inFlight", in_flight.length) : undefined,
          undo: undoable ? () => switchTo(OTHER[next], { undoable: false }) : undefined,
        });
        if (next === "ai" && undoable) offerHint(conversationId, asked);
      },
    });
  }

  return (next, hint) => switchTo(next, { undoable: true, asked: hint === "asked" });
}
