import { UserRoundX } from "lucide-react";
import { Avatar } from "@/components/avatar";
import { InlineError, Skeleton } from "@/components/notice";
import type { Conversation } from "@/lib/api/types";
import { t, tn } from "@/lib/i18n";
import { useTeam } from "../api/list-team";
import { type Choice, ChoiceDialog } from "./choice-dialog";

interface AssignProps {
  rows: readonly Conversation[];
  me: string | null;
  onPick(member: string | null): void;
  onClose(): void;
}

const NOBODY = "nobody";

function NobodyMark() {
  return <UserRoundX size={18} aria-hidden className="mx-1.25 text-muted" />;
}

/** Who looks after the conversations: me first, then colleagues, then nobody. */
export default function AssignDialog({ rows, me, onPick, onClose }: AssignProps) {
  const team = useTeam({ when: true });
  const has = (id: string | null) => rows.every((row) => row.assignee_id === id);
  const people = [...(team.data ?? [])].sort((a, b) => Number(b.id === me) - Number(a.id === me));
  const choices: Choice[] = people.map((member) => ({
    id: member.id,
    text: member.name || member.email,
    hint: member.id === me ? t("assign.you") : undefined,
    chosen: has(member.id),
    picture: <Avatar name={member.name || member.email} seed={member.id} size="size-7 text-small" />,
  }));
  if (team.data) choices.push({ id: NOBODY, text: t("assign.nobody"), chosen: has(null), picture: <NobodyMark /> });
  return (
    <ChoiceDialog
      title={rows.length > 1 ? tn("assign.many", rows.length) : t("assign.title")}
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
