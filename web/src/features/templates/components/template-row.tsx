import { Badge } from "@/components/badge";
import { Foreign } from "@/components/foreign";
import type { Template } from "@/lib/api/types";
import { languageName } from "@/lib/format";
import { t } from "@/lib/i18n";
import { toneOf } from "../hooks/template-filter";

export function TemplateRow({ template, onOpen }: { template: Template; onOpen(): void }) {
  const { name, language, category, status, quality, reason, layout } = template;
  return (
    <li data-testid="template" data-status={status} className="border-b border-line last:border-0">
      <button
        type="button"
        onClick={onOpen}
        className="target flex w-full items-center gap-x-4 gap-y-0.5 px-3 py-2 text-left hover:bg-surface max-md:flex-col max-md:items-stretch"
      >
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{name}</span>
            <Badge tone={toneOf(template)} text={t(`template.status.${status}`)} />
          </span>
          <Foreign text={layout.body} className="line-clamp-1 text-muted" />
          {status !== "approved" && reason ? <Foreign text={reason} className="block text-small" /> : null}
        </span>
        <span className="flex shrink-0 gap-3 text-small text-muted">
          <span className="md:w-28">{languageName(language)}</span>
          <span className="md:w-24">{t(`template.category.${category}`)}</span>
          <span className="md:w-36">
            {status === "approved" && quality !== "unknown" ? t("templates.qualityIs", { word: t(`template.quality.${quality}`) }) : null}
          </span>
        </span>
      </button>
    </li>
  );
}
