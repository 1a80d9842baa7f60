import { Check, Clock, Wrench } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { safeName } from "@/components/foreign";
import type { Customer, PhoneAccess } from "../api/phone-shapes";
import { explain } from "@/lib/explain";
import { t, tn, tWord } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useAdvanceClock } from "../api/advance-clock";
import { useClearChat } from "../api/clear-chat";
import { useFaults, useSetFault } from "../api/faults";
import { useClock } from "../api/get-clock";
import { useResetSandbox } from "../api/reset-sandbox";
import { CustomerItems, ITEM } from "./customer-items";
import { ProviderPanel } from "./provider-panel";

const HOUR_S = 3_600;
/** The steps of the clock: an hour, and just over the customer-service window. */
const AHEAD = [1, 25] as const;

/** Clock, failures and reset of the emulator. */
interface ToolsProps {
  access: PhoneAccess;
  customer: Customer | null;
  onReset(): void;
}

export function SimulatorTools({ access, customer, onReset }: ToolsProps) {
  const faults = useFaults(access).data ?? {};
  const setFault = useSetFault(access);
  const clock = useAdvanceClock(access);
  const clear = useClearChat(access);
  const [resetting, setResetting] = useState(false);
  const [provider, setProvider] = useState(false);
  const on = Object.values(faults).filter(Boolean).length;
  const failed = (error: unknown) => notifyFailure(explain(error));

  function ahead(hours: number) {
    clock.mutateAsync(hours * HOUR_S).then(() => notify(t("sim.clock.moved"), { description: t("sim.clock.meaning") }), failed);
  }

  function empty({ id, name }: Customer) {
    clear.mutateAsync(id).then(() => notify(t("sim.clear.done", { name })), failed);
  }

  return (
    <>
      <ClockMark access={access} />
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <Button look={on ? "danger" : "plain"} aria-label={t("sim.tools")} title={t("sim.tools")}>
            <Wrench size={16} aria-hidden />
            {on ? tn("sim.faultsOn", on) : null}
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={6}
            collisionPadding={8}
            className="animate-rise z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-64 overflow-y-auto rounded-card border border-line bg-raised p-1 text-text shadow-lg"
          >
            <DropdownMenu.Label className="px-3 py-1 text-small text-muted">{t("sim.faults")}</DropdownMenu.Label>
            {Object.entries(faults).map(([name, active]) => (
              <DropdownMenu.CheckboxItem
                key={name}
                checked={active}
                onCheckedChange={(checked) => setFault.mutate({ [name]: checked }, { onError: failed })}
                onSelect={(event) => event.preventDefault()}
                className={ITEM}
              >
                <span className="inline-flex w-4">
                  <DropdownMenu.ItemIndicator>
                    <Check size={16} aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                {tWord("sim.fault", name, name)}
              </DropdownMenu.CheckboxItem>
            ))}
            <DropdownMenu.Separator className="my-1 h-px bg-line" />
            {AHEAD.map((hours) => (
              <DropdownMenu.Item key={hours} className={ITEM} onSelect={() => ahead(hours)}>
                {tn("sim.clock.ahead", hours)}
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="my-1 h-px bg-line" />
            <DropdownMenu.Item className={ITEM} onSelect={() => setProvider(true)}>
              {t("provider.open")}
            </DropdownMenu.Item>
            {customer ? <CustomerItems access={access} customer={customer} /> : null}
            {customer ? (
              <DropdownMenu.Item className={ITEM} onSelect={() => empty(customer)}>
                {t("sim.clear", { name: safeName(customer.name, customer.phone ?? customer.bsuid) })}
              </DropdownMenu.Item>
            ) : null}
            <DropdownMenu.Item className={ITEM} onSelect={() => setResetting(true)}>
              {t("sim.reset")}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <ProviderPanel access={access} open={provider} onOpenChange={setProvider} />
      <ResetDialog access={access} open={resetting} onOpenChange={setResetting} onReset={onReset} />
    </>
  );
}

/** Said as long as the emulator's clock is not ours. */
function ClockMark({ access }: { access: PhoneAccess }) {
  const ahead = useClock(access).data?.offset_ms ?? 0;
  if (ahead === 0) return null;
  return (
    <span data-testid="sim-clock" title={t("sim.clock.meaning")} className="inline-flex items-center gap-1 rounded bg-amber-soft px-2 py-0.5 text-small text-amber">
      <Clock size={14} aria-hidden />
      {t("sim.clock.now", { n: Math.round(ahead / 3_600_000) })}
    </span>
  );
}

interface ResetProps {
  access: PhoneAccess;
  open: boolean;
  onOpenChange(open: boolean): void;
  onReset(): void;
}

function ResetDialog({ access, open, onOpenChange, onReset }: ResetProps) {
  const reset = useResetSandbox(access);
  function confirm() {
    reset.mutate(undefined, {
      onSuccess: () => {
        onOpenChange(false);
        onReset();
        notify(t("sim.reset.done"));
      },
      onError: (error) => notifyFailure(explain(error)),
    });
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("sim.reset.title")} description={t("sim.reset.body")}>
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>{t("action.cancel")}</Button>
        <Button look="danger" busy={reset.isPending} onClick={confirm}>
          {t("sim.reset")}
        </Button>
      </div>
    </Dialog>
  );
}
