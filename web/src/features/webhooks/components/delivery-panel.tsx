import { Facts } from "@/components/facts";
import { InlineError, Skeleton } from "@/components/notice";
import type { Channel, DeliveryDetail } from "@/lib/api/types";
import { formatExact } from "@/lib/format";
import { t, tn, tWord } from "@/lib/i18n";
import { useDelivery } from "../api/get-delivery";
import { bodyText } from "../hooks/body-text";
import { RedriveOne } from "./redrive-one";
import { UnconnectedHelp } from "./unconnected-help";
import { VerdictBadge } from "./verdict-badge";

interface PanelProps {
  id: string;
  channels: readonly Channel[];
  canDrive: boolean;
}

/** One webhook as it came: what became of it, what it says, and driving it again. */
export function DeliveryPanel({ id, channels, canDrive }: PanelProps) {
  const found = useDelivery(id);
  if (found.isError && !found.data) {
    return <InlineError title={t("webhooks.oneFailed")} error={found.error} retry={() => void found.refetch()} />;
  }
  if (!found.data) return <Skeleton rows={6} className="h-10 py-1" />;
  const page = found.data;
  const { delivery } = page;
  const channel = channels.find((one) => one.id === delivery.channel_id);
  return (
    <div data-testid="delivery-panel" className="flex flex-col gap-5">
      <Facts
        facts={[
          [t("webhooks.verdict"), <VerdictBadge key="verdict" verdict={delivery.verdict} waiting={delivery.waiting} />],
          [t("webhooks.why"), delivery.note],
          [t("filter.number"), channel?.name ?? t("filter.goneNumber")],
          [t("webhooks.received"), formatExact(delivery.received_at)],
          [t("webhooks.taken"), tn("webhooks.items", delivery.items)],
          [t("webhooks.repeated"), delivery.duplicates > 0 ? tn("webhooks.duplicates", delivery.duplicates) : null],
          [t("webhooks.redriven"), delivery.redriven_at ? formatExact(delivery.redriven_at) : null],
        ]}
      />
      <UnconnectedHelp numbers={page.unconnected} channel={channel} />
      {canDrive ? <RedriveOne id={id} verdict={delivery.verdict} /> : null}
      <Contents page={page} />
      <Body page={page} />
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{t("webhooks.headers")}</h3>
        <Facts facts={Object.entries(page.headers)} />
      </section>
    </div>
  );
}

function Contents({ page }: { page: DeliveryDetail }) {
  if (page.contents.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t("webhooks.contents")}</h3>
      <ul className="rounded-card border border-line">
        {page.contents.map((item, place) => (
          <li key={place} className="foreign border-b border-line px-3 py-1.5 last:border-0">
            {tWord("webhooks.kind", item.kind, item.kind)}
            {item.external_id ? <code className="block text-small break-all text-muted">{item.external_id}</code> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Body({ page }: { page: DeliveryDetail }) {
  const hidden = page.delivery.verdict === "forged" ? t("webhooks.bodyForged") : t("webhooks.bodyShared");
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{page.encoding === "base64" ? t("webhooks.bodyBytes") : t("webhooks.body")}</h3>
      {page.body ? (
        <pre
          tabIndex={0}
          aria-label={t("webhooks.body")}
          className="max-h-96 overflow-auto rounded-card border border-line bg-surface p-3 text-small break-all whitespace-pre-wrap"
        >
          {bodyText(page.body, page.encoding)}
        </pre>
      ) : (
        <p className="text-muted">{hidden}</p>
      )}
    </section>
  );
}
