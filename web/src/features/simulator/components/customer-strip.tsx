import { UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { Avatar } from "@/components/avatar";
import { Dialog } from "@/components/dialog";
import { Foreign, safeName } from "@/components/foreign";
import type { PhoneAccess } from "../api/phone-shapes";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import type { Customer } from "../api/phone-shapes";
import { NewCustomerForm } from "./new-customer-form";

interface StripProps {
  access: PhoneAccess;
  customers: Customer[];
  selected: number | null;
  /** Who they are is not known yet: what stands behind them is not shown before them. */
  loading: boolean;
  onSelect(id: number): void;
}

const CHIP = "flex w-18 shrink-0 flex-col items-center gap-1 rounded-card p-1.5 text-small outline-offset-[-2px] hover:bg-surface";

/** The customers of the sandbox; each has a phone of their own. */
export function CustomerStrip({ access, customers, selected, loading, onSelect }: StripProps) {
  const [adding, setAdding] = useState(false);
  return (
    <nav aria-label={t("sim.customers")} className="flex gap-1 overflow-x-auto border-b border-line p-2">
      {customers.map((customer) => {
        const name = safeName(customer.name, customer.phone ?? customer.bsuid);
        return (
          <button
            key={customer.id}
            type="button"
            data-testid="sim-customer"
            aria-current={customer.id === selected || undefined}
            title={customer.phone ?? customer.bsuid}
            onClick={() => onSelect(customer.id)}
            className={cx(CHIP, customer.id === selected && "bg-accent-soft")}
          >
            <span className="relative">
              <Avatar name={name} seed={String(customer.id)} size="size-9 text-body" />
              {customer.unread > 0 && customer.id !== selected ? (
                <span className="absolute -top-1 -right-1 min-w-4 rounded-full bg-accent px-1 text-[11px] leading-4 text-on-accent">
                  {customer.unread}
                  <span className="sr-only"> {t("sim.unread")}</span>
                </span>
              ) : null}
            </span>
            <span className="w-full truncate text-center">
              <Foreign text={name.split(" ")[0] ?? name} />
            </span>
          </button>
        );
      })}
      <button type="button" aria-label={t("sim.newCustomer")} onClick={() => setAdding(true)} className={cx(CHIP, "text-muted", loading && "invisible")}>
        <span className="flex size-9 items-center justify-center rounded-full border border-dashed border-control">
          <UserRoundPlus size={16} aria-hidden />
        </span>
        {t("sim.addCustomer")}
      </button>
      <Dialog open={adding} onOpenChange={setAdding} title={t("sim.newCustomer")}>
        <NewCustomerForm
          access={access}
          onDone={(id) => {
            setAdding(false);
            onSelect(id);
          }}
        />
      </Dialog>
    </nav>
  );
}
