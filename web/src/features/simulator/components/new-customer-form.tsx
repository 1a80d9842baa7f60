import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import type { PhoneAccess } from "../api/phone-shapes";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useCreateCustomer } from "../api/create-customer";

/** A fresh number of the range reserved for fiction (+1 202 555 01xx is too small; 9199999 is unassigned). */
function madeUpPhone(): string {
  return `+9199999${String(Math.floor(Math.random() * 100_000)).padStart(5, "0")}`;
}

export function NewCustomerForm({ access, onDone }: { access: PhoneAccess; onDone(id: number): void }) {
  const create = useCreateCustomer(access);
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [tried, setTried] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!name.trim()) return;
    create.mutate(
      { name: name.trim(), phone: phone.trim() || madeUpPhone() },
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
        value={phone}
        onChange={(event) => setPhone(event.target.value)}
      />
      <Button type="submit" look="primary" busy={create.isPending} className="self-end">
        {t("sim.create")}
      </Button>
    </form>
  );
}
