import { TriangleAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { InlineError } from "@/components/notice";
import type { Alert } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { notifyFailure } from "@/lib/notify";
import { useAlertAct, useOpenAlerts } from "../api/list-alerts";
import { AlertWords } from "./alert-words";

const PastAlerts = lazy(() => import("./past-alerts"));

/** What is wrong with a number: what to do, since when, who looks after it; and what was. */
export function ChannelAlerts({ channel }: { channel: string }) {
  const can = useCan();
  const sees = can("seeAlerts");
  const [past, setPast] = useState(false);
  const alerts = useOpenAlerts(channel, { when: sees });
  if (!sees) return null;
  return (
    <section aria-label={t("alerts.ofNumber")} className="flex flex-col gap-2 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 font-medium">{t("alerts.ofNumber")}</p>
        <Button look="quiet" onClick={() => setPast(true)}>
          {t("alerts.past")}
        </Button>
      </div>
      {alerts.isError ? <InlineError error={alerts.error} retry={() => void alerts.refetch()} /> : null}
      {alerts.data?.length === 0 ? <p className="text-small text-muted">{t("alerts.allWell")}</p> : null}
      {alerts.data?.length ? (
        <ul className="flex flex-col gap-2">
          {alerts.data.map((alert) => (
            <OpenAlert key={alert.id} alert={alert} channel={channel} canAct={can("changeAlerts")} />
          ))}
        </ul>
      ) : null}
      {past ? (
        <Dialog open onOpenChange={setPast} title={t("alerts.pastTitle")}>
          <Suspense>
            <PastAlerts channel={channel} />
          </Suspense>
        </Dialog>
      ) : null}
    </section>
  );
}

function OpenAlert({ alert, channel, canAct }: { alert: Alert; channel: string; canAct: boolean }) {
  const acknowledge = useAlertAct(channel, "acknowledge");
  const resolve = useAlertAct(channel, "resolve");
  const onError = (error: Error) => notifyFailure(t("alerts.failed"), explain(error));
  return (
    <li data-testid="alert" className="flex flex-col gap-2 rounded-card bg-amber-soft px-3 py-2">
      <div className="flex gap-2">
        <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-amber" />
        <AlertWords alert={alert} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-48 text-small">
          {alert.acknowledged_at
            ? t("alerts.acknowledged", { name: alert.acknowledged_by, time: formatFull(alert.acknowledged_at) })
            : t("alerts.nobody")}
        </p>
        {canAct && !alert.acknowledged_at ? (
          <Button busy={acknowledge.isPending} onClick={() => acknowledge.mutate(alert.id, { onError })}>
            {t("alerts.acknowledge")}
          </Button>
        ) : null}
        {canAct ? (
          <Button busy={resolve.isPending} onClick={() => resolve.mutate(alert.id, { onError })}>
            {t("alerts.resolve")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
