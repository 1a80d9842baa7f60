import { ClipboardList } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Foreign } from "@/components/foreign";
import { t } from "@/lib/i18n";
import type { CustomerDraft } from "../api/send-as-customer";

interface PhoneFormProps {
  form: { cta: string; token: string; fields: string[] };
  className: string;
  onAnswer(draft: CustomerDraft): void;
}

/** The screens are WhatsApp's and not here: in their place one field for each that the message names. */
export function PhoneForm({ form, className, onAnswer }: PhoneFormProps) {
  const [open, setOpen] = useState(false);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const filled = Object.fromEntries(form.fields.map((field) => [field, String(given.get(field) ?? "")]));
    onAnswer({ kind: "nfm_reply", content: { body: t("sim.formSent"), response_json: { ...filled, flow_token: form.token } } });
    setOpen(false);
  }

  return (
    <>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className={className}>
        <ClipboardList size={15} aria-hidden className="shrink-0" />
        <Foreign text={form.cta} />
      </button>
      {open ? (
        <form data-testid="phone-form" autoComplete="off" onSubmit={submit} className="flex flex-col gap-2 rounded-card bg-raised p-3 shadow-soft">
          {form.fields.map((field) => (
            <Field key={field} label={field} name={field} maxLength={1000} />
          ))}
          <Button type="submit" look="primary">
            {t("sim.sendForm")}
          </Button>
        </form>
      ) : null}
    </>
  );
}
