import { Check } from "lucide-react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";

/** Where one is in a few steps; names stay readable on a phone because only the present one is written there. */
export function Steps({ names, at }: { names: readonly string[]; at: number }) {
  return (
    <ol aria-label={t("steps.label")} className="flex items-center gap-2 md:gap-4">
      {names.map((name, number) => (
        <li key={name} aria-current={number === at ? "step" : undefined} className={cx("flex min-w-0 items-center gap-2", number === at && "max-md:flex-1")}>
          <span
            aria-hidden
            className={cx(
              "flex size-6 shrink-0 items-center justify-center rounded-full border text-small font-medium",
              number <= at ? "border-accent bg-accent-soft text-accent" : "border-control text-muted",
            )}
          >
            {number < at ? <Check size={14} /> : number + 1}
          </span>
          <span className={cx("truncate text-small", number === at ? "font-medium" : "text-muted max-md:sr-only")}>
            {name}
            <span className="sr-only">{number < at ? ` (${t("steps.done")})` : ""}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
