import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { meQuery } from "@/lib/me";
import { useCare } from "./use-care";

type Question = "assign" | "snooze";

/** The acts on one open conversation with their keys, and which of them is asking for more. */
export function useCareDesk(conversation: Conversation, { when, onNext }: { when: boolean; onNext?: () => void }) {
  const care = useCare(conversation);
  const [asking, ask] = useState<Question | null>(null);
  const me = useQuery(meQuery).data?.member?.id ?? null;
  const resolved = conversation.status === "resolved";
  const finish = () => (resolved ? care.reopen() : care.resolve());

  useKey("a", t("keys.assign"), () => ask("assign"), { when });
  useKey("i", t("keys.assignMe"), () => care.assign(me), { when: when && me !== null });
  useKey("s", t("keys.snooze"), () => ask("snooze"), { when });
  useKey("e", t("keys.resolve"), finish, { when });
  useKey(
    "shift+e",
    t("keys.resolveNext"),
    () => {
      if (!resolved) care.resolve();
      onNext?.();
    },
    { when: when && onNext !== undefined },
  );
  return { care, asking, ask, me, finish };
}

export type CareDesk = ReturnType<typeof useCareDesk>;
