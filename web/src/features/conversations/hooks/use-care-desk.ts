import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Conversation, Label, Priority } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { meQuery } from "@/lib/me";
import type { CareAct } from "./care-acts";

type Question = "assign" | "snooze" | "label" | "priority";

interface DeskOptions {
  act(act: CareAct): void;
  when: boolean;
  onNext?: () => void;
}

/** The acts on the open conversation, or on the selected ones, with their keys, and which of them asks for more. */
export function useCareDesk(rows: readonly Conversation[], { act, when, onNext }: DeskOptions) {
  const [asking, ask] = useState<Question | null>(null);
  const me = useQuery(meQuery).data?.member?.id ?? null;
  const resolved = rows.every(({ status }) => status === "resolved");
  const assign = (member: string | null) => act({ assignee: member });
  const snooze = (until: Date) => act({ status: "snoozed", until: until.toISOString() });
  const label = (which: Label, on: boolean) => act({ label: which, on });
  const rate = (priority: Priority) => act({ priority });
  const resolve = () => act({ status: "resolved" });
  const reopen = () => act({ status: "open" });
  const finish = resolved ? reopen : resolve;

  useKey("a", t("keys.assign"), () => ask("assign"), { when });
  useKey("i", t("keys.assignMe"), () => assign(me), { when: when && me !== null });
  useKey("l", t("keys.label"), () => ask("label"), { when });
  useKey("p", t("keys.priority"), () => ask("priority"), { when });
  useKey("s", t("keys.snooze"), () => ask("snooze"), { when });
  useKey("e", t("keys.resolve"), finish, { when });
  useKey(
    "shift+e",
    t("keys.resolveNext"),
    () => {
      if (!resolved) resolve();
      onNext?.();
    },
    { when: when && onNext !== undefined },
  );
  return { rows, resolved, asking, ask, me, assign, snooze, label, rate, resolve, reopen, finish };
}

export type CareDesk = ReturnType<typeof useCareDesk>;
