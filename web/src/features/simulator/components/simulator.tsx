import type { ReactNode } from "react";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import type { PhoneAccess } from "../api/phone-shapes";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { useSandboxAccess } from "../api/get-access";
import { useCustomers } from "../api/list-customers";
import type { Customer } from "../api/phone-shapes";
import { usePhoneEvents } from "../hooks/use-phone-events";
import { CustomerStrip } from "./customer-strip";
import { Phone } from "./phone";
import { SimulatorTools } from "./simulator-tools";

interface SimulatorProps {
  /** The channel whose customers are shown; the first one when null. */
  number: string | null;
  onNumber(channelId: string): void;
  selected: number | null;
  onSelect(id: number | null): void;
  /** What a customer could ask first; null until that is known. */
  ask: readonly string[] | null;
  /** Stands beside the phone: the same conversation as the team sees it, or scenarios. */
  beside(customer: Customer | null, channelId: string): ReactNode;
  /** On a phone only one of the two is shown. */
  pane: "phone" | "thread" | "scenarios";
  panes: ReactNode;
}

/** The frame stands from the start, so that nothing jumps when the emulator answers. */
export function Simulator(props: SimulatorProps) {
  const access = useSandboxAccess();
  const phone = access.data?.find((one) => one.channel_id === props.number) ?? access.data?.[0];
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 max-md:px-3">
        <h1 className="text-lead font-semibold">{t("sim.title")}</h1>
        <span className="rounded bg-amber-soft px-2 py-0.5 text-small font-medium text-amber">{t("sim.badge")}</span>
        <p className="min-w-0 flex-1 truncate text-muted max-lg:hidden">{t("sim.lead")}</p>
        <span className="flex-1 lg:hidden" />
        {phone && access.data && access.data.length > 1 ? (
          <NumberChoice numbers={access.data} value={phone.channel_id} onChange={props.onNumber} />
        ) : null}
        {props.panes}
        {phone ? <Tools access={phone} selected={props.selected} onReset={() => props.onSelect(null)} /> : <span className="target" />}
      </header>
      {phone ? <Sides key={phone.channel_id} access={phone} {...props} /> : null}
      {access.isError ? (
        <InlineError title={t("sim.failed")} error={access.error} retry={() => void access.refetch()} />
      ) : null}
      {access.isSuccess && !phone ? <EmptyState title={t("sim.none.title")} body={t("sim.none.body")} /> : null}
    </div>
  );
}

/** The tools know whose phone is in hand. */
function Tools({ access, selected, onReset }: { access: PhoneAccess; selected: number | null; onReset(): void }) {
  const customers = useCustomers(access).data?.items ?? [];
  return <SimulatorTools access={access} customer={chosen(customers, selected)} onReset={onReset} />;
}

const chosen = (customers: Customer[], selected: number | null): Customer | null =>
  customers.find((customer) => customer.id === selected) ?? customers[0] ?? null;

function Sides({ access, selected, onSelect, ask, beside, pane }: SimulatorProps & { access: PhoneAccess }) {
  const customers = useCustomers(access);
  usePhoneEvents(access, customers.data?.cursor);
  const items = customers.data?.items ?? [];
  const customer = chosen(items, selected);
  return (
    <div className="flex min-h-0 flex-1">
      <div
        className={cx(
          "flex min-h-0 w-95 shrink-0 flex-col border-r border-line max-xl:w-85 max-md:w-full max-md:border-0",
          pane !== "phone" && "max-md:hidden",
        )}
      >
        {customers.isError && !customers.data ? (
          <InlineError title={t("sim.failed")} error={customers.error} retry={() => void customers.refetch()} />
        ) : (
          <CustomerStrip access={access} customers={items} selected={customer?.id ?? null} loading={customers.isPending} onSelect={onSelect} />
        )}
        <Handset access={access} customer={customer} ask={ask} loading={customers.isPending} />
      </div>
      <div className={cx("flex min-h-0 min-w-0 flex-1 flex-col", pane === "phone" && "max-md:hidden")}>
        {customers.isPending ? null : beside(customer, access.channel_id)}
      </div>
    </div>
  );
}

interface HandsetProps {
  access: PhoneAccess;
  customer: Customer | null;
  ask: readonly string[] | null;
  loading: boolean;
}

function Handset({ access, customer, ask, loading }: HandsetProps) {
  if (loading) return <Skeleton rows={3} className="h-16 p-3" />;
  if (!customer) return <EmptyState title={t("sim.noCustomers.title")} body={t("sim.noCustomers.body")} />;
  return <Phone key={customer.id} access={access} customer={customer} ask={ask} />;
}

interface NumberChoiceProps {
  numbers: PhoneAccess[];
  value: string;
  onChange(channelId: string): void;
}

function NumberChoice({ numbers, value, onChange }: NumberChoiceProps) {
  return (
    <select
      aria-label={t("sim.number")}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="target h-9 max-w-44 rounded-card border border-control bg-bg px-2 max-md:h-11"
    >
      {numbers.map((number) => (
        <option key={number.channel_id} value={number.channel_id}>
          {number.business}
        </option>
      ))}
    </select>
  );
}
