import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import type { PhoneAccess } from "../api/phone-shapes";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { madeUpPhone } from "../hooks/made-up-phone";
import { useCreateCustomer } from "../api/create-customer";

export function NewCustomerForm({ access, onDone }: { access: PhoneAccess; onDone(id: number): void }) {
  const create = useCreateCustomer(access);
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [hidden, setHidden] = useState(false);
  const [tried, setTried] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!name.trim()) return;
    create.mutate(
      { name: name.trim(), phone: hidden ? null : phone.trim() || madeUpPhone() },
      { onSuccess: (customer) => onDone(customer.id) },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {create.isError ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(create.error)}
        </p>
      ) : null}
      <Field
        label={t("sim.customerName")}
        value={name}
        error={tried && !name.trim() ? t("channelForm.required") : null}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t("sim.customerPhone")}
        help={t("sim.customerPhoneHelp")}
        type="tel"
        value={hidden ? "" : phone}
        disabled={hidden}
        onChange={(event) => setPhone(event.target.value)}
      />
      <label className="target flex items-center gap-3">
        <input type="checkbox" checked={hidden} onChange={(event) => setHidden(event.target.checked)} className="size-5 accent-accent" />
        {t("sim.hidden")}
      </label>
      <Button type="submit" look="primary" busy={create.isPending} className="self-end">
        {t("sim.create")}
      </Button>
    </form>
  );
}
