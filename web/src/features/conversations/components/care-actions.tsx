import { AlarmClock, Check, RotateCcw, UserRoundPlus } from "lucide-react";
import { Avatar } from "@/components/avatar";
import { Button, IconButton } from "@/components/button";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import type { CareDesk } from "../hooks/use-care-desk";

/** Assign, snooze, resolve; a narrow place has room for the last one, the others are in the details. */
export function CareActions({ conversation, desk }: { conversation: Conversation; desk: CareDesk }) {
  const { assignee } = conversation;
  const resolved = conversation.status === "resolved";
  const finish = t(resolved ? "care.reopen" : "care.resolve");
  return (
    <>
      <IconButton
        label={assignee ? t("assign.to", { name: assignee.name }) : t("assign.title")}
        data-testid="assign"
        onClick={() => desk.ask("assign")}
        className="@max-[40rem]:hidden"
      >
        {assignee ? (
          <Avatar name={assignee.name} seed={assignee.id} size="size-6 text-[10px]" />
        ) : (
          <UserRoundPlus size={18} aria-hidden />
        )}
      </IconButton>
      <IconButton label={t("snooze.title")} onClick={() => desk.ask("snooze")} className="@max-[40rem]:hidden">
        <AlarmClock size={18} aria-hidden />
      </IconButton>
      <Button onClick={desk.finish} data-testid="resolve" aria-label={finish} title={finish} pad="px-2.5">
        {resolved ? <RotateCcw size={16} aria-hidden /> : <Check size={16} aria-hidden />}
        <span className="@max-[44rem]:hidden">{finish}</span>
      </Button>
    </>
  );
}
