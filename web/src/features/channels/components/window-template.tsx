import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/button";
import { useTemplateChannels, useTemplates } from "@/lib/api/list-templates";
import type { Channel, Template, TemplateChoice } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";

const WindowTemplateForm = lazy(() => import("./window-template-form"));

/** What becomes of automatic messages where the customer wrote too long ago; only for numbers with templates. */
export function WindowTemplate({ channel, canChange }: { channel: Channel; canChange: boolean }) {
  const [open, setOpen] = useState(false);
  const has = useTemplateChannels().data?.some((one) => one.channel_id === channel.id);
  const chosen = channel.window_template ?? null;
  const known = useTemplates(channel.id, { when: has === true && chosen !== null }).data;
  if (!has) return null;
  const state = stateOf(chosen, known);
  return (
    <section aria-label={t("windowTemplate.title")} className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line pt-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{t("windowTemplate.title")}</p>
        <p className={cx("text-small [overflow-wrap:anywhere]", state === "notNow" ? "text-amber" : "text-muted")}>
          {t(`windowTemplate.${state}`, { name: chosen?.name ?? "" })}
        </p>
      </div>
      {canChange ? (
        <Button onClick={() => setOpen(true)}>{t(chosen ? "windowTemplate.change" : "windowTemplate.choose")}</Button>
      ) : null}
      <Suspense>{open ? <WindowTemplateForm channel={channel} onClose={() => setOpen(false)} /> : null}</Suspense>
    </section>
  );
}

function stateOf(chosen: TemplateChoice | null, known: readonly Template[] | undefined): "held" | "sent" | "notNow" {
  if (chosen === null) return "held";
  const its = known?.find((one) => one.name === chosen.name && one.language === chosen.language);
  const usable = its?.status === "approved" && its.category === "utility";
  return known === undefined || usable ? "sent" : "notNow";
}
