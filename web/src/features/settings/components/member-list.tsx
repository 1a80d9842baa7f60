import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { InlineError, Skeleton } from "@/components/notice";
import type { Me, Member } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useMembers } from "../api/list-members";
import { InviteDialog } from "./invite-dialog";
import { MemberRow } from "./member-row";

interface ListProps {
  me: Me;
  canChange: boolean;
  inviting: boolean;
  onInvite(open: boolean): void;
}

/** Who works here. Owners are touched by owners only, and the last one stays. */
export function MemberList({ me, canChange, inviting, onInvite }: ListProps) {
  const members = useMembers();
  const [freshest, setFreshest] = useState<string | null>(null);
  if (members.isError && !members.data) {
    return <InlineError title={t("members.failed")} error={members.error} retry={() => void members.refetch()} />;
  }
  const owners = members.data?.filter((member) => member.role === "owner" && !member.disabled) ?? [];
  const isOwner = me.role === "owner";
  return (
    <div className="flex flex-col gap-4">
      {canChange ? (
        <div className="flex justify-end">
          <Button look="primary" onClick={() => onInvite(true)}>
            <UserPlus size={16} aria-hidden />
            {t("members.invite")}
          </Button>
        </div>
      ) : (
        <p className="rounded-card bg-surface px-3 py-2 text-muted">{t("members.readOnly")}</p>
      )}
      {members.data ? (
        <ul className="rounded-card border border-line">
          {ordered(members.data, me.member?.id).map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              self={member.id === me.member?.id}
              fresh={member.id === freshest}
              mayChange={canChange && (isOwner || member.role !== "owner")}
              mayMakeOwner={isOwner}
              lastOwner={owners.length === 1 && owners[0]?.id === member.id}
            />
          ))}
        </ul>
      ) : (
        <Skeleton rows={4} className="h-16 py-1" />
      )}
      <InviteDialog open={inviting} mayMakeOwner={isOwner} onClose={() => onInvite(false)} onInvited={(member) => setFreshest(member.id)} />
    </div>
  );
}

/** Oneself first, then by name; the disabled at the end. */
function ordered(members: Member[], self: string | undefined): Member[] {
  const rank = (member: Member) => (member.id === self ? 0 : member.disabled ? 2 : 1);
  return [...members].sort((a, b) => rank(a) - rank(b) || (a.name || a.email).localeCompare(b.name || b.email));
}
