import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import type { Channel, ChannelProvider, ProviderField } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useCreateChannel } from "../api/create-channel";
import { asked, check, emptyDraft, type Faults, faultsOf, fieldsOf, stepOf, toNew } from "../hooks/channel-draft";
import { DraftField } from "./draft-field";
import type { Made } from "./number-connected";

interface NumberFormProps {
  provider: ChannelProvider;
  step: number;
  onStep(step: number): void;
  onStored(channel: Channel, made: Made): void;
  onBack(): void;
}

/** Nothing is stored before the last of its steps; a fault leads back to the step that holds it. */
export function NumberForm({ provider, step, onStep, onStored, onBack }: NumberFormProps) {
  const [draft, setDraft] = useState(() => emptyDraft(provider));
  const [tried, setTried] = useState(-1);
  const form = useRef<HTMLFormElement>(null);
  const create = useCreateChannel();
  const every = fieldsOf(provider);
  const steps = asked(provider);
  const said = faultsOf(every, create.error);
  const found: Faults = { ...said, ...check(every, draft, { editing: false }) };
  const fields = steps[step] ?? [];
  const advanced = fields.filter((field) => field.advanced);
  const last = step === steps.length - 1;

  useEffect(() => form.current?.querySelector<HTMLElement>("[aria-invalid], input, select")?.focus(), [step]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(Math.max(tried, step));
    if (fields.some(({ name }) => found[name] && !said[name])) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    } else if (!last) {
      onStep(step + 1);
    } else {
      create.mutate(toNew(provider, draft), {
        onSuccess: ({ made, ...channel }) => onStored(channel, made),
        onError: (error) => onStep(stepOf(provider, faultsOf(every, error)) ?? step),
      });
    }
  }

  const shown = (field: ProviderField) => (
    <DraftField
      key={field.name}
      field={field}
      value={draft[field.name] ?? ""}
      error={tried >= step ? found[field.name] : undefined}
      editing={false}
      onChange={(value) => {
        if (create.isError) create.reset();
        setDraft({ ...draft, [field.name]: value });
      }}
    />
  );
  return (
    <form ref={form} onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
      <p className="text-muted">{step === 0 ? provider.find : t("connect.accessLead")}</p>
      {create.isError && stepOf(provider, said) === null ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(create.error)}
        </p>
      ) : null}
      {fields.filter((field) => !field.advanced).map(shown)}
      {advanced.length > 0 ? (
        <details className="group" open={tried >= step && advanced.some(({ name }) => found[name])}>
          <summary className="target flex cursor-pointer items-center font-medium">{t("channelForm.advanced")}</summary>
          <div className="mt-2 flex flex-col gap-4">{advanced.map(shown)}</div>
        </details>
      ) : null}
      <div className="flex justify-end gap-2 border-t border-line pt-4">
        <Button onClick={step > 0 ? () => onStep(step - 1) : onBack}>{t(step > 0 ? "connect.back" : "action.cancel")}</Button>
        <Button type="submit" look="primary" busy={create.isPending}>
          {t(last ? "channelForm.submit" : "connect.next")}
        </Button>
      </div>
    </form>
  );
}
