import { useState } from "react";
import { Button } from "@/components/button";
import { InlineError } from "@/components/notice";
import type { RedriveFilter } from "@/lib/api/types";
import { t, tn } from "@/lib/i18n";
import { toInstant } from "@/lib/span";
import { type Driven, useRedriveAll } from "../api/redrive-all";
import type { DeliveryFilter } from "../hooks/verdicts";

interface AllProps {
  filter: DeliveryFilter;
  verdict: RedriveFilter["verdict"];
}

/** Drives whatever this filter finds again, counting as it goes, and names what could not be. */
export function RedriveAll({ filter, verdict }: AllProps) {
  const [sofar, setSofar] = useState<Driven | null>(null);
  const all = useRedriveAll(setSofar);

  function start() {
    setSofar(null);
    all.mutate({ verdict, channel_id: filter.channel ?? null, from: toInstant(filter.from), to: toInstant(filter.to) });
  }

  return (
    <section className="flex flex-col gap-2 rounded-card border border-line p-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button busy={all.isPending} onClick={start}>
          {t("webhooks.redriveAll")}
        </Button>
        <p className="min-w-48 flex-1 text-small text-muted">{t("webhooks.redriveAllHelp")}</p>
      </div>
      <p role="status" className="empty:hidden">
        {sofar ? outcome(sofar, all.isPending) : null}
      </p>
      {all.isSuccess ? <Refused refused={all.data.refused} /> : null}
      {all.isError ? <InlineError title={t("webhooks.redriveStopped")} error={all.error} retry={start} /> : null}
    </section>
  );
}

function outcome({ deliveries, items, refused }: Driven, running: boolean): string {
  if (running) return tn("webhooks.redriveSofar", deliveries);
  if (deliveries === 0) return t("webhooks.redriveNothing");
  return t("webhooks.redriveCounts", {
    done: tn("webhooks.count", deliveries - refused.length),
    items: tn("webhooks.items", items),
    refused: tn("webhooks.count", refused.length),
  });
}

/** Each reason once, with how many share it. */
function Refused({ refused }: { refused: Driven["refused"] }) {
  const reasons = new Map<string, number>();
  for (const { why } of refused) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  if (reasons.size === 0) return null;
  return (
    <ul className="list-disc pl-5 text-danger">
      {[...reasons].map(([why, count]) => (
        <li key={why} className="foreign">
          {tn("webhooks.count", count)}: {why}
        </li>
      ))}
    </ul>
  );
}
