import { BellRing } from "lucide-react";
import { Button } from "@/components/button";
import { t } from "@/lib/i18n";
import { useStore } from "@/lib/store";
import { useCounts } from "../api/count-conversations";
import { alertSettings, allowNotices, setAlerts } from "../hooks/alert-settings";
import { selecting } from "../hooks/selection";

/** Asked once, and only when somebody is really waiting; below the list, which it must not push away. */
export function AlertsOffer() {
  const { answered } = useStore(alertSettings);
  const waiting = useCounts({ status: "active" }).data?.waiting ?? 0;
  const busy = useStore(selecting);
  if (answered || waiting === 0 || busy) return null;
  return (
    <div role="group" aria-label={t("alerts.title")} className="animate-rise mt-auto shrink-0 border-t border-line bg-surface px-3 py-2">
      <p className="flex items-center gap-2">
        <BellRing size={16} aria-hidden className="shrink-0 text-accent" />
        {t("alerts.offer")}
      </p>
      <div className="mt-1 flex gap-2 pl-6">
        <Button
          onClick={() => {
            setAlerts({ sound: true });
            void allowNotices();
          }}
        >
          {t("alerts.yes")}
        </Button>
        <Button look="quiet" onClick={() => setAlerts({})}>
          {t("alerts.no")}
        </Button>
      </div>
    </div>
  );
}
