import { ArrowDownLeft, ArrowUpRight } from "lucide-react";
import { Badge } from "@/components/badge";
import { Foreign, safeName } from "@/components/foreign";
import type { LogLine } from "@/lib/api/types";
import { formatFull } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import { toneOf } from "../hooks/log-filter";

/** The name as it may stand in a row, else the number. */
export function customerOf({ contact }: LogLine): string {
  const phone = contact.identities.find((identity) => identity.kind === "phone")?.value;
  return safeName(contact.name, phone ?? contact.identities[0]?.value ?? t("contact.unknown"));
}

/** Where nothing is wrong the state says it all; elsewhere the row says why. */
const needsWhy = (line: LogLine) => line.reason !== null || line.hold !== null;

export function LogRow({ line, onOpen }: { line: LogLine; onOpen(): void }) {
  const Arrow = line.direction === "in" ? ArrowDownLeft : ArrowUpRight;
  return (
    <li data-testid="log-line" data-state={line.status} className="border-b border-line last:border-0">
      <button
        type="button"
        onClick={onOpen}
        className="target flex w-full flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3 py-2 text-left hover:bg-surface"
      >
        <time dateTime={line.created_at} className="w-40 shrink-0 text-small text-muted tabular-nums">
          {formatFull(line.created_at)}
        </time>
        <span className="min-w-52 flex-1">
          <span className="flex min-w-0 flex-wrap items-baseline gap-2">
            <Arrow size={14} role="img" aria-label={t(`log.direction.${line.direction}`)} className="shrink-0 self-center text-muted" />
            <Foreign text={customerOf(line)} className="min-w-0 font-medium" />
            <Badge tone={toneOf(line)} text={t(`state.${line.status}`)} />
            {line.action ? <span className="text-small text-muted">{t(`log.action.${line.action}`)}</span> : null}
          </span>
          <Foreign text={line.text.trim() || tWord("kind", line.kind, t("kind.unknown"))} className="line-clamp-1 text-muted" />
          {needsWhy(line) ? <span className="block text-small">{line.why}</span> : null}
        </span>
      </button>
    </li>
  );
}
