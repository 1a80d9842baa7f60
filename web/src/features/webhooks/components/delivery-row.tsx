import { Foreign } from "@/components/foreign";
import type { Delivery } from "@/lib/api/types";
import { formatFull } from "@/lib/format";
import { t, tn } from "@/lib/i18n";
import { VerdictBadge } from "./verdict-badge";

interface RowProps {
  line: Delivery;
  /** The name of its number. */
  number: string;
  onOpen(): void;
}

/** One webhook: when, what became of it, why. */
export function DeliveryRow({ line, number, onOpen }: RowProps) {
  const facts = [
    tn("webhooks.items", line.items),
    line.duplicates > 0 ? tn("webhooks.duplicates", line.duplicates) : null,
    tn("webhooks.bytes", line.size),
    line.redriven_at ? t("webhooks.redrivenAt", { time: formatFull(line.redriven_at) }) : null,
  ];
  return (
    <li data-testid="delivery" data-state={line.verdict} className="border-b border-line last:border-0">
      <button
        type="button"
        onClick={onOpen}
        className="target flex w-full flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3 py-2 text-left hover:bg-surface"
      >
        <time dateTime={line.received_at} className="w-40 shrink-0 text-small text-muted tabular-nums">
          {formatFull(line.received_at)}
        </time>
        <span className="min-w-52 flex-1">
          <span className="flex flex-wrap items-baseline gap-2">
            <VerdictBadge verdict={line.verdict} waiting={line.waiting} />
            <Foreign text={number} className="font-medium" />
            <span className="text-small text-muted">{facts.filter(Boolean).join(" · ")}</span>
          </span>
          {line.note ? <Foreign text={line.note} className="mt-0.5 block text-small text-muted" /> : null}
        </span>
      </button>
    </li>
  );
}
