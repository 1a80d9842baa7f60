import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import type { Channel } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useCreateChannel } from "../api/create-channel";
import { ADVANCED, ASKED, check, emptyDraft, type FieldName, type Faults, faultsOf, stepOf, toNew } from "../hooks/channel-draft";
import { DraftField } from "./draft-field";
import { NumberConnected } from "./number-connected";
import { Steps } from "./steps";

interface ConnectProps {
  /** Stored: from now on the card of the number shows its webhook too. */
  onSaved(id: string, verifyToken: string): void;
  onClose(): void;
}

/** From Meta's pages to a number that answers: two steps that ask, one that says what to paste, one that tries. */
export function ConnectNumber({ onSaved, onClose }: ConnectProps) {
  const [stored, setStored] = useState<{ channel: Channel; verifyToken: string } | null>(null);
  const [step, setStep] = useState(0);
  const names = [t("connect.number"), t("connect.access"), t("connect.webhook"), t("connect.test")];
  return (
    <div className="flex flex-col gap-5">
      <Steps names={names} at={step} />
      {stored ? (
        <NumberConnected {...stored} testing={step === 3} onTest={() => setStep(3)} onBack={() => setStep(2)} onClose={onClose} />
      ) : (
        <Asking
          step={step}
          onStep={setStep}
          onClose={onClose}
          onStored={(channel, verifyToken) => {
            setStored({ channel, verifyToken });
            setStep(2);
            onSaved(channel.id, verifyToken);
          }}
        />
      )}
    </div>
  );
}

interface AskingProps {
  step: number;
  onStep(step: number): void;
  onStored(channel: Channel, verifyToken: string): void;
  onClose(): void;
}

/** Nothing is stored before the last of its steps; a fault leads back to the step that holds it. */
function Asking({ step, onStep, onStored, onClose }: AskingProps) {
  const [draft, setDraft] = useState(emptyDraft);
  const [tried, setTried] = useState(-1);
  const form = useRef<HTMLFormElement>(null);
  const create = useCreateChannel();
  const said = faultsOf(create.error);
  const found: Faults = { ...said, ...check(draft, { editing: false }) };
  const asked: readonly FieldName[] = ASKED[step] ?? [];
  const last = step === ASKED.length - 1;

  useEffect(() => form.current?.querySelector<HTMLElement>("[aria-invalid], input")?.focus(), [step]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(Math.max(tried, step));
    if (asked.some((name) => found[name] && !said[name])) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    } else if (!last) {
      onStep(step + 1);
    } else {
      create.mutate(toNew(draft), {
        onSuccess: ({ made, ...channel }) => onStored(channel, made.verify_token ?? ""),
        onError: (error) => onStep(stepOf(faultsOf(error)) ?? step),
      });
    }
  }

  const field = (name: FieldName) => (
    <DraftField
      key={name}
      name={name}
      value={draft[name]}
      error={tried >= step ? found[name] : undefined}
      editing={false}
      onChange={(value) => {
        if (create.isError) create.reset();
        setDraft({ ...draft, [name]: value });
      }}
    />
  );
  const more: readonly FieldName[] = ["verify_token", ...ADVANCED];
  return (
    <form ref={form} onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
      <p className="text-muted">{t(last ? "connect.accessLead" : "connect.numberLead")}</p>
      {create.isError && stepOf(said) === null ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(create.error)}
        </p>
      ) : null}
      {asked.filter((name) => !more.includes(name)).map(field)}
      {last ? (
        <details className="group" open={tried >= step && more.some((name) => found[name])}>
          <summary className="target flex cursor-pointer items-center font-medium">{t("channelForm.advanced")}</summary>
          <div className="mt-2 flex flex-col gap-4">{more.map(field)}</div>
        </details>
      ) : null}
      <div className="flex justify-end gap-2 border-t border-line pt-4">
        {step > 0 ? <Button onClick={() => onStep(step - 1)}>{t("connect.back")}</Button> : <Button onClick={onClose}>{t("action.cancel")}</Button>}
        <Button type="submit" look="primary" busy={create.isPending}>
          {t(last ? "channelForm.submit" : "connect.next")}
        </Button>
      </div>
    </form>
  );
}
