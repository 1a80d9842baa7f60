import { ListFilter, X } from "lucide-react";
import { Button } from "@/components/button";
import { LabelChip } from "@/components/label-chip";
import { useLabels } from "@/lib/api/list-labels";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { PRIORITIES } from "@/lib/priorities";
import type { ListView } from "../hooks/list-view";
import { PriorityIcon } from "./priority-mark";

interface FilterProps {
  chosen: Pick<ListView, "label" | "priority">;
  onChoose(change: Pick<ListView, "label" | "priority">): void;
}

/** The browser's own list behind a picture; what is chosen stands below, each with its way back. */
export function LabelFilter({ chosen, onChoose }: FilterProps) {
  const labels = useLabels().data ?? [];
  function choose(value: string) {
    const priority = PRIORITIES.find((one) => `priority ${one}` === value);
    onChoose(priority ? { priority } : { label: value });
  }
  return (
    <span
      className={cx(
        "target relative inline-flex size-9 shrink-0 items-center justify-center rounded-card border has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-md:size-11",
        chosen.label || chosen.priority ? "border-accent bg-accent-soft text-accent" : "border-control text-muted",
      )}
    >
      <ListFilter size={16} aria-hidden />
      <select aria-label={t("label.filter")} title={t("label.filter")} value="" onChange={(event) => choose(event.target.value)} className="absolute inset-0 size-full opacity-0">
        <option value="" disabled>
          {t("label.pick")}
        </option>
        {labels.length ? (
          <optgroup label={t("label.title")}>
            {labels.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        ) : null}
        <optgroup label={t("priority.title")}>
          {PRIORITIES.map((priority) => (
            <option key={priority} value={`priority ${priority}`}>
              {t(`priority.${priority}`)}
            </option>
          ))}
        </optgroup>
      </select>
    </span>
  );
}

/** To what the list is narrowed, and the way back. */
export function Chosen({ chosen, onChoose }: FilterProps) {
  return (
    <>
      {chosen.label ? <ChosenLabel label={chosen.label} onClear={() => onChoose({ label: undefined })} /> : null}
      {chosen.priority ? (
        <p data-testid="chosen-priority" className="flex items-center gap-2">
          <span className="text-small text-muted">{t("priority.title")}</span>
          <PriorityIcon priority={chosen.priority} />
          <span>{t(`priority.${chosen.priority}`)}</span>
          <Clear text={t("priority.clear")} onClear={() => onChoose({ priority: undefined })} />
        </p>
      ) : null}
    </>
  );
}

function ChosenLabel({ label, onClear }: { label: string; onClear(): void }) {
  const { data } = useLabels();
  const found = data?.find(({ id }) => id === label);
  return (
    <p data-testid="chosen-label" className="flex items-center gap-2">
      <span className="text-small text-muted">{t("label.chosen")}</span>
      {found ? <LabelChip label={found} /> : data ? <span>{t("label.unknown")}</span> : null}
      <Clear text={t("label.clear")} onClear={onClear} />
    </p>
  );
}

function Clear({ text, onClear }: { text: string; onClear(): void }) {
  return (
    <Button look="quiet" pad="p-0" aria-label={text} title={text} onClick={onClear} className="ml-auto">
      <X size={16} aria-hidden />
    </Button>
  );
}
