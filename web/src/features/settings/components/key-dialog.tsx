import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { CopyField } from "@/components/copy-field";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { SelectField } from "@/components/select-field";
import type { Permission } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useCreateApiKey } from "../api/create-api-key";
import { areaName, areasOf, grantable } from "./scopes";

const DAY_MS = 86_400_000;
const LIVES = ["30", "90", "365", ""] as const;

interface DialogProps {
  open: boolean;
  permissions: readonly Permission[];
  onClose(): void;
}

/** Makes a key, then shows it: the only time. */
export function KeyDialog({ open, permissions, onClose }: DialogProps) {
  const [made, setMade] = useState<string | null>(null);
  return (
    <>
      <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t("apiKeys.create")} description={t("apiKeys.createLead")}>
        <KeyForm
          permissions={grantable(permissions)}
          onCancel={onClose}
          onMade={(key) => {
            onClose();
            setMade(key);
          }}
        />
      </Dialog>
      <Dialog open={made !== null} onOpenChange={(next) => next || setMade(null)} title={t("apiKeys.made")} description={t("apiKeys.madeLead")}>
        {made ? <CopyField label={t("apiKeys.key")} value={made} help={t("apiKeys.madeHelp")} /> : null}
      </Dialog>
    </>
  );
}

interface FormProps {
  permissions: readonly Permission[];
  onCancel(): void;
  onMade(key: string): void;
}

function KeyForm({ permissions, onCancel, onMade }: FormProps) {
  const create = useCreateApiKey();
  const [name, setName] = useState("");
  const [life, setLife] = useState<string>("90");
  const [scopes, setScopes] = useState<ReadonlySet<Permission>>(new Set());
  const [tried, setTried] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!name.trim() || scopes.size === 0) return;
    const expires_at = life ? new Date(Date.now() + Number(life) * DAY_MS).toISOString() : null;
    create.mutate({ name: name.trim(), scopes: [...scopes], expires_at }, { onSuccess: ({ key }) => onMade(key) });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {create.isError ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(create.error)}
        </p>
      ) : null}
      <Field
        label={t("apiKeys.name")}
        help={t("apiKeys.nameHelp")}
        maxLength={120}
        value={name}
        error={tried && !name.trim() ? t("business.needed") : null}
        onChange={(event) => setName(event.target.value)}
      />
      <SelectField label={t("apiKeys.life")} value={life} onChange={(event) => setLife(event.target.value)}>
        {LIVES.map((days) => (
          <option key={days} value={days}>
            {days ? t("apiKeys.days", { n: days }) : t("apiKeys.forever")}
          </option>
        ))}
      </SelectField>
      <ScopeChoice permissions={permissions} chosen={scopes} onChange={setScopes} fault={tried && scopes.size === 0} />
      <div className="flex justify-end gap-2 border-t border-line pt-4">
        <Button onClick={onCancel}>{t("action.cancel")}</Button>
        <Button type="submit" look="primary" busy={create.isPending}>
          {t("apiKeys.submit")}
        </Button>
      </div>
    </form>
  );
}

interface ScopeProps {
  permissions: readonly Permission[];
  chosen: ReadonlySet<Permission>;
  fault: boolean;
  onChange(chosen: ReadonlySet<Permission>): void;
}

function ScopeChoice({ permissions, chosen, fault, onChange }: ScopeProps) {
  function toggle(scope: Permission) {
    const next = new Set(chosen);
    if (!next.delete(scope)) next.add(scope);
    onChange(next);
  }
  const box = (area: string, deed: "read" | "write", scope: Permission | null) =>
    scope ? (
      <label className="target flex w-22 items-center gap-2">
        <input
          type="checkbox"
          aria-label={`${areaName(area)}: ${t(`scope.${deed}`)}`}
          checked={chosen.has(scope)}
          onChange={() => toggle(scope)}
          className="size-5 accent-accent"
        />
        <span aria-hidden>{t(`scope.${deed}`)}</span>
      </label>
    ) : (
      <span className="w-22" />
    );
  return (
    <fieldset className="flex flex-col">
      <legend className="font-medium">{t("apiKeys.scopes")}</legend>
      {fault ? <p className="text-small text-danger">{t("apiKeys.noScope")}</p> : null}
      {areasOf(permissions).map(({ name, read, write }) => (
        <div key={name} className="flex items-center gap-2 border-b border-line py-1 last:border-0">
          <span className="min-w-0 flex-1">{areaName(name)}</span>
          {box(name, "read", read)}
          {box(name, "write", write)}
        </div>
      ))}
    </fieldset>
  );
}
