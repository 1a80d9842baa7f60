import { Tag, X } from "lucide-react";
import { Button } from "@/components/button";
import { LabelChip } from "@/components/label-chip";
import { useLabels } from "@/lib/api/list-labels";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";

interface FilterProps {
  chosen: string | undefined;
  onChoose(label: string | undefined): void;
}

/** The browser's own list behind a picture. */
export function LabelFilter({ chosen, onChoose }: FilterProps) {
  const labels = useLabels().data ?? [];
  return (
    <span
      className={cx(
        "target relative inline-flex size-9 shrink-0 items-center justify-center rounded-card border has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-md:size-11",
        chosen ? "border-accent bg-accent-soft text-accent" : "border-control text-muted",
      )}
    >
      <Tag size={16} aria-hidden />
      <select
        aria-label={t("label.filter")}
        title={t("label.filter")}
        value={chosen ?? ""}
        onChange={(event) => onChoose(event.target.value || undefined)}
        className="absolute inset-0 size-full opacity-0"
      >
        <option value="">{t("label.any")}</option>
        {labels.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Which label the list is narrowed to, and the way back. */
export function ChosenLabel({ chosen, onChoose }: FilterProps) {
  const { data } = useLabels();
  if (!chosen) return null;
  const label = data?.find(({ id }) => id === chosen);
  return (
    <p data-testid="chosen-label" className="flex items-center gap-2">
      <span className="text-small text-muted">{t("label.chosen")}</span>
      {label ? <LabelChip label={label} /> : data ? <span>{t("label.unknown")}</span> : null}
      <Button look="quiet" pad="p-0" aria-label={t("label.clear")} title={t("label.clear")} onClick={() => onChoose(undefined)} className="ml-auto">
        <X size={16} aria-hidden />
      </Button>
    </p>
  );
}
