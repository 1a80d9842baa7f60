import { Foreign } from "@/components/foreign";
import type { Label } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { tn } from "@/lib/i18n";

const CHIP = "inline-flex items-center rounded px-1.5 text-small leading-5 font-medium";

/** A label by name, on its colour; a long name ends where its place does. */
export function LabelChip({ label, className }: { label: Label; className?: string }) {
  return (
    <span data-label={label.colour} title={label.name} className={cx(CHIP, "min-w-0 bg-(--label-soft) text-(--label)", className)}>
      <Foreign text={label.name} className="truncate" />
    </span>
  );
}

/** The first few, and how many more there are. */
export function LabelChips({ labels, most }: { labels: readonly Label[]; most: number }) {
  const more = labels.slice(most);
  if (labels.length === 0) return null;
  return (
    <span data-testid="labels" className="inline-flex min-w-0 gap-1">
      {labels.slice(0, most).map((label) => (
        <LabelChip key={label.id} label={label} className="max-w-18 min-w-9" />
      ))}
      {more.length ? (
        <span title={more.map(({ name }) => name).join(", ")} className={cx(CHIP, "shrink-0 bg-surface px-1! text-muted")}>
          <span aria-hidden>+{more.length}</span>
          <span className="sr-only">{tn("label.more", more.length)}</span>
        </span>
      ) : null}
    </span>
  );
}
