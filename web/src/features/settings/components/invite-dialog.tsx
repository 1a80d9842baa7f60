import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { SelectField } from "@/components/select-field";
import type { Member, OneTimeLink, Role } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useInviteMember } from "../api/invite-member";
import { LinkDialog } from "./link-dialog";
import { ROLES } from "./roles";

interface InviteProps {
  open: boolean;
  mayMakeOwner: boolean;
  onClose(): void;
  onInvited(member: Member): void;
}

/** Adds somebody; then shows the link that is to be given to them. */
export function InviteDialog({ open, mayMakeOwner, onClose, onInvited }: InviteProps) {
  const [made, setMade] = useState<{ name: string; link: OneTimeLink } | null>(null);
  return (
    <>
      <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t("invite.title")} description={t("invite.lead")}>
        <InviteForm
          mayMakeOwner={mayMakeOwner}
          onCancel={onClose}
          onInvited={(member, link) => {
            onClose();
            onInvited(member);
            setMade({ name: member.name || member.email, link });
          }}
        />
      </Dialog>
      <LinkDialog link={made?.link ?? null} name={made?.name ?? ""} onClose={() => setMade(null)} />
    </>
  );
}

interface FormProps {
  mayMakeOwner: boolean;
  onCancel(): void;
  onInvited(member: Member, link: OneTimeLink): void;
}

function InviteForm({ mayMakeOwner, onCancel, onInvited }: FormProps) {
  const invite = useInviteMember();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [tried, setTried] = useState(false);
  const said = invite.error instanceof Invalid ? invite.error.facts.fields.find((fault) => fault.field === "email")?.detail : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!email.trim()) return;
    invite.mutate(
      { email: email.trim(), name: name.trim(), role },
      { onSuccess: ({ member, link }) => onInvited(member, link) },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {invite.isError && !said ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(invite.error)}
        </p>
      ) : null}
      <Field
        label={t("signIn.email")}
        type="email"
        autoComplete="off"
        value={email}
        error={tried && !email.trim() ? t("business.needed") : said}
        onChange={(event) => {
          if (invite.isError) invite.reset();
          setEmail(event.target.value);
        }}
      />
      <Field label={t("invite.name")} help={t("invite.nameHelp")} autoComplete="off" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
      <SelectField label={t("account.role")} help={t(`roleHelp.${role}`)} value={role} onChange={(event) => setRole(event.target.value as Role)}>
        {ROLES.filter((one) => one !== "owner" || mayMakeOwner).map((one) => (
          <option key={one} value={one}>
            {t(`role.${one}`)}
          </option>
        ))}
      </SelectField>
      <div className="flex justify-end gap-2 border-t border-line pt-4">
        <Button onClick={onCancel}>{t("action.cancel")}</Button>
        <Button type="submit" look="primary" busy={invite.isPending}>
          {t("invite.submit")}
        </Button>
      </div>
    </form>
  );
}
