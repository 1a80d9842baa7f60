import { LayoutTemplate } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/button";
import { useTemplateChannels } from "@/lib/api/list-templates";
import type { Conversation } from "@/lib/api/types";
import { formatSoon } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { contactName } from "./names";

const TemplatePicker = lazy(() => import("./template-picker"));

/** Where free text would be refused: why, and the templates that WhatsApp takes all the same. */
export function ClosedComposer({ conversation }: { conversation: Conversation }) {
  const [open, setOpen] = useState(false);
  const known = useTemplateChannels({ when: useCan()("seeChannels") }).data;
  const name = contactName(conversation.contact);
  const since = conversation.window.closes_at;
  const has = known?.some((one) => one.channel_id === conversation.channel_id);
  return (
    <div className="flex flex-col gap-2">
      <p role="status" data-testid="window-closed" className="rounded-card bg-amber-soft px-3 py-2 text-small text-amber">
        {since ? t("composer.closedSince", { name, time: formatSoon(since) }) : t("composer.closed", { name })}{" "}
        {t("composer.noteStill")}
      </p>
      {known && !has ? <p className="px-1 text-small text-muted">{t("picker.noTemplates")}</p> : null}
      <Button look="primary" disabled={!has} onClick={() => setOpen(true)} className="h-10 max-md:h-11">
        <LayoutTemplate size={16} aria-hidden />
        {t("picker.open")}
      </Button>
      <Suspense>{open ? <TemplatePicker conversation={conversation} onClose={() => setOpen(false)} /> : null}</Suspense>
    </div>
  );
}
