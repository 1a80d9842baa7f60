import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import type { Channel } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useDeliveries } from "../api/list-deliveries";
import { type DeliveryFilter, drivenTogether } from "../hooks/verdicts";
import { DeliveryPanel } from "./delivery-panel";
import { DeliveryRow } from "./delivery-row";
import { RedriveAll } from "./redrive-all";
import { WebhookFilters } from "./webhook-filters";

interface ScreenProps {
  filter: DeliveryFilter;
  /** The one that is open. */
  opened: string | null;
  /** Null until they are known: a row is not shown before its number has a name. */
  channels: readonly Channel[] | null;
  canDrive: boolean;
  onFilter(change: Partial<DeliveryFilter>): void;
  onOpen(delivery: string | null): void;
}

/** Did it arrive, and if not, why: every webhook as it came, with what became of it. */
export function WebhooksScreen({ filter, opened, channels, canDrive, onFilter, onOpen }: ScreenProps) {
  const together = drivenTogether(filter.verdict);
  return (
    <div className="flex flex-col gap-4">
      <WebhookFilters filter={filter} channels={channels ?? []} onFilter={onFilter} />
      {together && canDrive ? <RedriveAll key={JSON.stringify(filter)} filter={filter} verdict={together} /> : null}
      {channels ? <DeliveryList filter={filter} channels={channels} onOpen={onOpen} /> : <Skeleton rows={8} className="h-14 py-1" />}
      <Dialog open={opened !== null} onOpenChange={(open) => open || onOpen(null)} title={t("webhooks.one")} place="side">
        {opened && channels ? <DeliveryPanel key={opened} id={opened} channels={channels} canDrive={canDrive} /> : null}
      </Dialog>
    </div>
  );
}

interface ListProps {
  filter: DeliveryFilter;
  channels: readonly Channel[];
  onOpen(delivery: string): void;
}

function DeliveryList({ filter, channels, onOpen }: ListProps) {
  const found = useDeliveries(filter);
  const names = new Map(channels.map((channel) => [channel.id, channel.name]));
  const again = () => void found.refetch();
  if (found.isError && !found.data) return <InlineError title={t("webhooks.failed")} error={found.error} retry={again} />;
  if (found.isPending) return <Skeleton rows={8} className="h-14 py-1" />;
  const items = found.data.pages.flatMap((page) => page.items);
  const narrowed = Object.values(filter).some(Boolean);
  if (items.length === 0) {
    return narrowed ? (
      <EmptyState hanging title={t("webhooks.none.title")} body={t("webhooks.none.body")} />
    ) : (
      <EmptyState hanging title={t("webhooks.empty.title")} body={t("webhooks.empty.body")} />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {found.isError ? <InlineError error={found.error} retry={again} /> : null}
      <ol aria-label={t("webhooks.list")} className="rounded-card border border-line">
        {items.map((line) => (
          <DeliveryRow
            key={line.id}
            line={line}
            number={names.get(line.channel_id ?? "") ?? t("filter.goneNumber")}
            onOpen={() => onOpen(line.id)}
          />
        ))}
      </ol>
      {found.hasNextPage ? (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()} className="self-center">
          {t("filter.older")}
        </Button>
      ) : null}
    </div>
  );
}
