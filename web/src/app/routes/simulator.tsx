import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ToggleGroup } from "radix-ui";
import { lazy, Suspense } from "react";
import { EmptyState, Skeleton } from "@/components/notice";
import { safeName } from "@/components/foreign";
import { usePageTitle } from "@/components/page";
import { useConversationOf } from "@/features/conversations/api/find-conversation";
import { ScenariosPanel } from "@/features/scenarios/components/scenarios-panel";
import { useDemo } from "@/features/demo/api/get-demo";
import type { Customer } from "@/features/simulator/api/phone-shapes";
import { Simulator } from "@/features/simulator/components/simulator";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";

const route = getRouteApi("/app/simulator");

const Thread = lazy(() => import("@/features/conversations/components/thread").then(({ Thread }) => ({ default: Thread })));

/** A customer's phone beside the same conversation as the team sees it. */
export default function SimulatorPage() {
  const { customer, number, pane, scenario } = route.useSearch();
  const can = useCan();
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
      panes={<PaneChoice pane={pane ?? "phone"} onChange={(next) => void navigate({ to: ".", search: (old) => ({ ...old, pane: next }) })} />}
      beside={(person, channelId) =>
        pane === "scenarios" ? (
          <ScenariosPanel
            channel={channelId}
            mayWrite={can("reply")}
            open={scenario ?? null}
            onOpen={(key) => void navigate({ to: ".", search: (old) => ({ ...old, scenario: key ?? undefined }) })}
            onCustomer={(id) => void navigate({ to: ".", search: (old) => ({ ...old, customer: String(id) }) })}
          />
        ) : (
          <Beside customer={person} channelId={channelId} />
        )
      }
    />
  );
}

function Beside({ customer, channelId }: { customer: Customer | null; channelId: string }) {
  const { trace = null } = route.useSearch();
  const navigate = useNavigate({ from: "/simulator" });
  const found = useConversationOf(customer && { phone: customer.phone, identity: customer.bsuid }, channelId);
  if (found.data) {
    return (
      <Suspense fallback={<Skeleton rows={6} className="h-16 px-4 py-2" />}>
        <Thread
          key={found.data}
          conversationId={found.data}
          trace={trace}
          onTrace={(id) => void navigate({ to: ".", search: (old) => ({ ...old, trace: id ?? undefined }) })}
        />
      </Suspense>
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

type Pane = "phone" | "thread" | "scenarios";
const PANES: readonly Pane[] = ["phone", "thread", "scenarios"];

interface PaneProps {
  pane: Pane;
  onChange(pane: "thread" | "scenarios" | undefined): void;
}

/** On a phone one of three; elsewhere the phone is always there, and what is beside it is chosen. */
function PaneChoice({ pane, onChange }: PaneProps) {
  return (
    <>
      <Choice among={PANES} value={pane} onChange={onChange} className="order-last w-full md:hidden" />
      <Choice among={PANES.slice(1)} value={pane === "scenarios" ? pane : "thread"} onChange={onChange} className="max-md:hidden" />
    </>
  );
}

interface ChoiceProps {
  among: readonly Pane[];
  value: Pane;
  onChange: PaneProps["onChange"];
  className: string;
}

function Choice({ among, value, onChange, className }: ChoiceProps) {
  const look =
    "target flex-1 rounded-[6px] px-3 whitespace-nowrap text-muted data-[state=on]:bg-raised data-[state=on]:font-medium data-[state=on]:text-text data-[state=on]:shadow-soft";
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={t("sim.panes")}
      value={value}
      onValueChange={(next) => next && onChange(next === "phone" ? undefined : (next as "thread" | "scenarios"))}
      className={cx("flex rounded-card bg-surface p-0.5", className)}
    >
      {among.map((one) => (
        <ToggleGroup.Item key={one} value={one} className={look}>
          {t(`sim.pane.${one}`)}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
