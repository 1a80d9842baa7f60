import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import type { Channel } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useChangeChannel } from "../api/change-channel";
import { ADVANCED, check, draftOf, type FieldName, faultsOf, toChange } from "../hooks/channel-draft";
import { DraftField } from "./draft-field";

interface FormProps {
  channel: Channel;
  /** With the verify token as it was typed in; empty when it stays. */
  onSaved(verifyToken: string): void;
  onCancel(): void;
}

const MAIN: readonly FieldName[] = ["name", "waba_id", "access_token", "app_secret", "verify_token"];

/** Changes a number of the Meta Cloud API; faults stand at their fields, the first one gets the focus. */
export function ChannelForm({ channel, onSaved, onCancel }: FormProps) {
  const [draft, setDraft] = useState(() => draftOf(channel));
  const [tried, setTried] = useState(false);
  const saving = useChangeChannel(channel.id);
  const said = faultsOf(saving.error);
  const faults = tried ? { ...said, ...check(draft, { editing: true }) } : {};

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    if (Object.keys(check(draft, { editing: true })).length > 0) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    saving.mutate(toChange(draft), { onSuccess: () => onSaved(draft.verify_token.trim()) });
  }

  const field = (name: FieldName) => (
    <DraftField
      key={name}
      name={name}
      value={draft[name]}
      error={faults[name]}
      editing
      onChange={(value) => {
        if (saving.isError) saving.reset();
        setDraft({ ...draft, [name]: value });
      }}
    />
  );

  return (
    <form onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
      {saving.isError && Object.keys(said).length === 0 ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(saving.error)}
        </p>
      ) : null}
      {MAIN.map(field)}
      <details className="group" open={ADVANCED.some((name) => faults[name])}>
        <summary className="target flex cursor-pointer items-center font-medium">{t("channelForm.advanced")}</summary>
        <div className="mt-2 flex flex-col gap-4">{ADVANCED.map(field)}</div>
      </details>
      <div className="flex justify-end gap-2 border-t border-line pt-4">
        <Button onClick={onCancel}>{t("action.cancel")}</Button>
        <Button type="submit" look="primary" busy={saving.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  );
}
