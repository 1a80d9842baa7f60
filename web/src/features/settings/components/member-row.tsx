import { Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { Avatar } from "@/components/avatar";
import { IconButton } from "@/components/button";
import { Foreign } from "@/components/foreign";
import type { Member, OneTimeLink, Role } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { formatFull } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useChangeMember } from "../api/change-member";
import { useMakeLink } from "../api/make-link";
import { LinkDialog } from "./link-dialog";
import { ROLES } from "./roles";

interface RowProps {
  member: Member;
  self: boolean;
  /** Invited a moment ago. */
  fresh: boolean;
  mayChange: boolean;
  mayMakeOwner: boolean;
  lastOwner: boolean;
}

export function MemberRow({ member, self, fresh, mayChange, mayMakeOwner, lastOwner }: RowProps) {
  const change = useChangeMember(member.id);
  const link = useMakeLink(member.id);
  const [shown, setShown] = useState<OneTimeLink | null>(null);
  const name = member.name || member.email;
  const failed = (error: unknown) => notifyFailure(t("members.notChanged", { name }), explain(error));

  function alter(body: { role?: Role; disabled?: boolean }, undo: typeof body, said: string) {
    const back = () => void change.mutateAsync(undo).catch(failed);
    change.mutateAsync(body).then(() => notify(said, { undo: back }), failed);
  }

  return (
    <li
      data-testid="member"
      className={cx("flex flex-wrap items-center gap-3 border-b border-line px-3 py-2 last:border-0", fresh && "bg-accent-soft")}
    >
      <Avatar name={name} seed={member.id} />
      <div className="min-w-40 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          <span className={cx(member.disabled && "text-muted line-through")}>
            <Foreign text={name} />
          </span>
          {self ? <span className="text-small font-normal text-muted">{t("members.you")}</span> : null}
        </p>
        <p className="foreign text-small text-muted">{member.name ? member.email : null}</p>
        <p className="text-small text-muted">{self ? null : seen(member)}</p>
      </div>
      {mayChange ? (
        <div className="flex items-center gap-2 max-md:w-full max-md:pl-13">
          <RoleChoice
            member={member}
            locked={lastOwner}
            mayMakeOwner={mayMakeOwner}
            onChange={(role) => alter({ role }, { role: member.role }, t("members.roleChanged", { name, role: t(`role.${role}`) }))}
          />
          <MemberMenu
            member={member}
            locked={lastOwner || self}
            onLink={() => link.mutate(undefined, { onSuccess: setShown, onError: failed })}
            onDisable={(disabled) =>
              alter({ disabled }, { disabled: !disabled }, t(disabled ? "members.disabledNow" : "members.enabledNow", { name }))
            }
          />
        </div>
      ) : (
        <span className="text-muted">{tWord("role", member.role, member.role)}</span>
      )}
      <LinkDialog link={shown} name={name} onClose={() => setShown(null)} />
    </li>
  );
}

function seen(member: Member): string {
  if (member.disabled) return t("members.disabled");
  if (member.last_seen_at) return t("members.seen", { time: formatFull(member.last_seen_at) });
  return t(member.has_password ? "members.never" : "members.invited");
}

interface RoleProps {
  member: Member;
  locked: boolean;
  mayMakeOwner: boolean;
  onChange(role: Role): void;
}

function RoleChoice({ member, locked, mayMakeOwner, onChange }: RoleProps) {
  const label = t("members.roleOf", { name: member.name || member.email });
  return (
    <select
      aria-label={label}
      title={locked ? t("members.lastOwner") : label}
      disabled={locked || member.disabled}
      value={member.role}
      onChange={(event) => onChange(event.target.value as Role)}
      className="target h-9 rounded-card border border-control bg-bg px-2 max-md:h-11 max-md:flex-1 disabled:opacity-60"
    >
      {ROLES.filter((role) => role !== "owner" || mayMakeOwner).map((role) => (
        <option key={role} value={role}>
          {t(`role.${role}`)}
        </option>
      ))}
    </select>
  );
}

const ITEM =
  "target flex items-center rounded-card px-3 outline-none data-disabled:opacity-55 data-highlighted:bg-surface";

interface MenuProps {
  member: Member;
  /** Oneself and the last owner cannot be shut out. */
  locked: boolean;
  onLink(): void;
  onDisable(disabled: boolean): void;
}

function MemberMenu({ member, locked, onLink, onDisable }: MenuProps) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <IconButton label={t("members.more", { name: member.name || member.email })}>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="animate-rise z-50 min-w-52 rounded-card border border-line bg-raised p-1 text-text shadow-lg"
        >
          <DropdownMenu.Item disabled={member.disabled} onSelect={onLink} className={ITEM}>
            {t("members.makeLink")}
          </DropdownMenu.Item>
          <DropdownMenu.Item disabled={locked && !member.disabled} onSelect={() => onDisable(!member.disabled)} className={ITEM}>
            {t(member.disabled ? "members.enable" : "members.disable")}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
