import { Button } from "@/components/button";
import { InlineError } from "@/components/notice";
import type { Verdict } from "@/lib/api/types";
import { t, tn } from "@/lib/i18n";
import { useRedriveDelivery } from "../api/redrive-delivery";

/** Drives one webhook again and says what came of it. */
export function RedriveOne({ id, verdict }: { id: string; verdict: Verdict }) {
  const again = useRedriveDelivery(id);
  if (verdict === "forged") return <p className="rounded-card bg-surface px-3 py-2 text-muted">{t("webhooks.forgedHelp")}</p>;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Button busy={again.isPending} onClick={() => again.mutate()}>
          {t("webhooks.redrive")}
        </Button>
        <p className="min-w-40 flex-1 text-small text-muted">{t("webhooks.redriveHelp")}</p>
      </div>
      <p role="status" className="text-accent empty:hidden">
        {again.isSuccess ? tn("webhooks.redriveDone", again.data.items) : null}
      </p>
      {again.isError ? <InlineError title={t("webhooks.redriveFailed")} error={again.error} /> : null}
    </div>
  );
}
