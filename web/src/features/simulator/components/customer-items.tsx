import { DropdownMenu } from "radix-ui";
import { safeName } from "@/components/foreign";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import type { Customer, PhoneAccess } from "../api/phone-shapes";
import { useBlock, useStopOffers } from "../api/provider";
import { useSendAsCustomer } from "../api/send-as-customer";
import { madeUpPhone } from "../hooks/made-up-phone";

export const ITEM = "target flex items-center gap-3 rounded-card px-3 outline-none data-highlighted:bg-surface";

/** What the customer in hand does beside writing: offers stopped, another number. */
export function CustomerItems({ access, customer }: { access: PhoneAccess; customer: Customer }) {
  const offers = useStopOffers(access);
  const send = useSendAsCustomer(access, customer.id);
  const name = safeName(customer.name, customer.phone ?? customer.bsuid);
  const stop = !customer.offers_stopped;
  const blocking = useBlock(access);
  const block = !customer.blocked;
  const failed = (error: unknown) => notifyFailure(explain(error));

  function changeOffers() {
    const done = () => notify(t(stop ? "sim.offers.stopped" : "sim.offers.resumed", { name }));
    offers.mutateAsync({ id: customer.id, stop }).then(done, failed);
  }
  function changeBlock() {
    const done = () => notify(t(block ? "sim.block.done" : "sim.block.undone", { name }));
    blocking.mutateAsync({ id: customer.id, blocked: block }).then(done, failed);
  }
  function changeNumber() {
    const phone = madeUpPhone();
    const done = () => notify(t("sim.number.changed", { name, phone }));
    send.mutateAsync({ kind: "number_change", content: { phone } }).then(done, failed);
  }
  return (
    <>
      <DropdownMenu.Item className={ITEM} onSelect={changeOffers}>
        {t(stop ? "sim.offers.stop" : "sim.offers.resume", { name })}
      </DropdownMenu.Item>
      <DropdownMenu.Item className={ITEM} onSelect={changeBlock}>
        {t(block ? "sim.block" : "sim.unblock", { name })}
      </DropdownMenu.Item>
      <DropdownMenu.Item className={ITEM} onSelect={changeNumber}>
        {t("sim.number.change", { name })}
      </DropdownMenu.Item>
    </>
  );
}
