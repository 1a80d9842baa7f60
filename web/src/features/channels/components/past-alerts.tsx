import { Button } from "@/components/button";
import { InlineError, Skeleton } from "@/components/notice";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";
import { usePastAlerts } from "../api/list-alerts";
import { AlertWords } from "./alert-words";

/** What was wrong with a number, and how it ended. */
export default function PastAlerts({ channel }: { channel: string }) {
  const past = usePastAlerts(channel);
  if (past.isPending) return <Skeleton rows={3} className="h-16 py-1" />;
  if (past.isError && !past.data) return <InlineError error={past.error} retry={() => void past.refetch()} />;
  const items = past.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="text-muted">{t("alerts.noPast")}</p>;
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col gap-3">
        {items.map((alert) => (
          <li key={alert.id} data-testid="past-alert" className="border-b border-line pb-3 last:border-0">
            <AlertWords alert={alert} />
            <p className="text-small">{ended(alert.resolved_by, alert.resolved_at)}</p>
          </li>
        ))}
      </ul>
      {past.hasNextPage ? (
        <Button busy={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()} className="self-start">
          {t("alerts.older")}
        </Button>
      ) : null}
    </div>
  );
}

function ended(by: string, at: string | null): string {
  const time = at ? formatFull(at) : "";
  return by ? t("alerts.endedBy", { name: by, time }) : t("alerts.ended", { time });
}
