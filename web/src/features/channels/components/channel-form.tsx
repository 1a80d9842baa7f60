import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import type { Channel, ChannelProvider, ProviderField } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useChangeChannel } from "../api/change-channel";
import { changeable, check, draftOf, faultsOf, toChange } from "../hooks/channel-draft";
import { DraftField } from "./draft-field";

interface FormProps {
  channel: Channel;
  provider: ChannelProvider;
  /** With the words to be entered at the provider that were typed in. */
  onSaved(made: Readonly<Record<string, string>>): void;
  onCancel(): void;
}

/** Changes a number; faults stand at their fields, the first one gets the focus. */
export function ChannelForm({ channel, provider, onSaved, onCancel }: FormProps) {
  const [draft, setDraft] = useState(() => draftOf(provider, channel));
  const [tried, setTried] = useState(false);
  const saving = useChangeChannel(channel.id);
  const fields = changeable(provider);
  const said = faultsOf(fields, saving.error);
  const faults = tried ? { ...said, ...check(fields, draft, { editing: true }) } : {};

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    if (Object.keys(check(fields, draft, { editing: true })).length > 0) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    const typed = fields.filter(({ made, name }) => made && draft[name]?.trim());
    const made = Object.fromEntries(typed.map(({ name }) => [name, draft[name]?.trim() ?? ""]));
    saving.mutate(toChange(provider, draft), { onSuccess: () => onSaved(made) });
  }

  const shown = (field: ProviderField) => (
    <DraftField
      key={field.name}
      field={field}
      value={draft[field.name] ?? ""}
      error={faults[field.name]}
      editing
      onChange={(value) => {
        if (saving.isError) saving.reset();
        setDraft({ ...draft, [field.name]: value });
      }}
    />
  );
  const advanced = fields.filter((field) => field.advanced);
  return (
    <form onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
      {saving.isError && Object.keys(said).length === 0 ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(saving.error)}
        </p>
      ) : null}
      {fields.filter((field) => !field.advanced).map(shown)}
      {advanced.length > 0 ? (
        <details className="group" open={advanced.some(({ name }) => faults[name])}>
          <summary className="target flex cursor-pointer items-center font-medium">{t("channelForm.advanced")}</summary>
          <div className="mt-2 flex flex-col gap-4">{advanced.map(shown)}</div>
        </details>
      ) : null}
      <div className="flex justify-end gap-2 border-t border-line pt-4">
        <Button onClick={onCancel}>{t("action.cancel")}</Button>
        <Button type="submit" look="primary" busy={saving.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  );
}
