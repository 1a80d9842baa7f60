import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ToggleGroup } from "radix-ui";
import { EmptyState, Skeleton } from "@/components/notice";
import { safeName } from "@/components/foreign";
import { usePageTitle } from "@/components/page";
import { useConversationOf } from "@/features/conversations/api/find-conversation";
import { Thread } from "@/features/conversations/components/thread";
import { useDemo } from "@/features/demo/api/get-demo";
import type { Customer } from "@/features/simulator/api/phone-shapes";
import { Simulator } from "@/features/simulator/components/simulator";
import { t } from "@/lib/i18n";

const route = getRouteApi("/app/simulator");

/** A customer's phone beside the same conversation as the team sees it. */
export default function SimulatorPage() {
  const { customer, number, pane } = route.useSearch();
  const navigate = useNavigate({ from: "/simulator" });
  const demo = useDemo();
  usePageTitle(t("sim.title"));
  return (
    <Simulator
      number={number ?? null}
      onNumber={(id) => void navigate({ to: ".", search: { number: id } })}
      selected={customer ? Number(customer) : null}
      onSelect={(id) => void navigate({ to: ".", search: (old) => ({ ...old, trace: undefined, customer: id ? String(id) : undefined }) })}
      ask={demo.isPending ? null : (demo.data?.loaded?.ask ?? [])}
      pane={pane ?? "phone"}
      panes={
        <PaneChoice
          pane={pane ?? "phone"}
          onChange={(next) => void navigate({ to: ".", search: (old) => ({ ...old, pane: next === "thread" ? next : undefined }) })}
        />
      }
      beside={(person, channelId) => <Beside customer={person} channelId={channelId} />}
    />
  );
}

function Beside({ customer, channelId }: { customer: Customer | null; channelId: string }) {
  const { trace = null } = route.useSearch();
  const navigate = useNavigate({ from: "/simulator" });
  const found = useConversationOf(customer && { phone: customer.phone, identity: customer.bsuid }, channelId);
  if (found.data) {
    return (
      <Thread
        key={found.data}
        conversationId={found.data}
        trace={trace}
        onTrace={(id) => void navigate({ to: ".", search: (old) => ({ ...old, trace: id ?? undefined }) })}
      />
    );
  }
  if (found.isPending && customer) return <Skeleton rows={5} className="h-16 px-4 py-2" />;
  const name = safeName(customer?.name, t("contact.unknown"));
  return (
    <div className="flex flex-1 bg-surface">
      <EmptyState title={t("sim.threadNone.title")} body={t("sim.threadNone.body", { name })} />
    </div>
  );
}

function PaneChoice({ pane, onChange }: { pane: "phone" | "thread"; onChange(pane: string): void }) {
  const look =
    "target flex-1 rounded-[6px] px-3 text-muted data-[state=on]:bg-raised data-[state=on]:font-medium data-[state=on]:text-text data-[state=on]:shadow-soft";
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={t("sim.panes")}
      value={pane}
      onValueChange={(value) => value && onChange(value)}
      className="order-last flex w-full rounded-card bg-surface p-0.5 md:hidden"
    >
      <ToggleGroup.Item value="phone" className={look}>
        {t("sim.pane.phone")}
      </ToggleGroup.Item>
      <ToggleGroup.Item value="thread" className={look}>
        {t("sim.pane.thread")}
      </ToggleGroup.Item>
    </ToggleGroup.Root>
  );
}
