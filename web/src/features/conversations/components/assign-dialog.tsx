import { UserRoundX } from "lucide-react";
import { Avatar } from "@/components/avatar";
import { InlineError, Skeleton } from "@/components/notice";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useTeam } from "../api/list-team";
import { type Choice, ChoiceDialog } from "./choice-dialog";

interface AssignProps {
  conversation: Conversation;
  me: string | null;
  onPick(member: string | null): void;
  onClose(): void;
}

const NOBODY = "nobody";

function NobodyMark() {
  return <UserRoundX size={18} aria-hidden className="mx-1.25 text-muted" />;
}

/** Who looks after the conversation: me first, then colleagues, then nobody. */
export default function AssignDialog({ conversation, me, onPick, onClose }: AssignProps) {
  const team = useTeam({ when: true });
  const now = conversation.assignee_id;
  const people = [...(team.data ?? [])].sort((a, b) => Number(b.id === me) - Number(a.id === me));
  const choices: Choice[] = people.map((member) => ({
    id: member.id,
    text: member.name || member.email,
    hint: member.id === me ? t("assign.you") : undefined,
    chosen: member.id === now,
    picture: <Avatar name={member.name || member.email} seed={member.id} size="size-7 text-small" />,
  }));
  if (team.data) choices.push({ id: NOBODY, text: t("assign.nobody"), chosen: now === null, picture: <NobodyMark /> });
  return (
    <ChoiceDialog
      title={t("assign.title")}
      search={t("assign.search")}
      choices={choices}
      onPick={(id) => onPick(id === NOBODY ? null : id)}
      onClose={onClose}
    >
      {team.isPending ? <Skeleton rows={3} className="h-10 py-1" /> : null}
      {team.isError ? <InlineError error={team.error} retry={() => void team.refetch()} /> : null}
    </ChoiceDialog>
  );
}
