import { RefreshCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/button";
import type { TemplateChannel } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { formatSoon } from "@/lib/format";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useSyncTemplates } from "../api/sync-templates";

interface StripProps {
  channels: readonly TemplateChannel[];
  canChange: boolean;
  children: ReactNode;
}

/** When the provider was asked, what went wrong then, and asking it now. */
export function SyncStrip({ channels, canChange, children }: StripProps) {
  const sync = useSyncTemplates();
  const oldest = channels.map((one) => one.synced_at ?? "").sort()[0];
  const asked = channels.filter((one) => one.account);

  function ask() {
    sync.mutate(asked.map((one) => one.channel_id), {
      onSuccess: (total) => notify(t("templates.synced", { total }), { about: "templates" }),
      onError: (error) => notifyFailure(t("templates.syncFailed"), explain(error)),
    });
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {children}
        {canChange ? (
          <Button busy={sync.isPending} disabled={asked.length === 0} onClick={ask}>
            <RefreshCw size={16} aria-hidden className={sync.isPending ? "motion-safe:animate-spin" : undefined} />
            {t("templates.sync")}
          </Button>
        ) : (
          <p className="text-muted">{t("templates.readOnly")}</p>
        )}
        <p className="text-small text-muted">{oldest ? t("templates.syncedAt", { time: formatSoon(oldest) }) : t("templates.neverSynced")}</p>
      </div>
      <Troubles channels={channels} />
    </>
  );
}

function Troubles({ channels }: { channels: readonly TemplateChannel[] }) {
  const troubles = channels.flatMap(({ channel_id, name, account, problem }) => {
    if (!account) return [[channel_id, t("templates.noAccount", { name })] as const];
    return problem ? [[channel_id, t("templates.problem", { name, problem })] as const] : [];
  });
  return troubles.map(([id, text]) => (
    <p key={id} role="status" className="foreign flex items-start gap-2 rounded-card bg-amber-soft px-3 py-2 text-amber">
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
      {text}
    </p>
  ));
}
