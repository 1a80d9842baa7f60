import type { Message } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { citationsOf, owesSource } from "../hooks/citations";

interface ChipsProps {
  message: Message;
  onOpen(at: number): void;
}

/** The sources of an answer by number; an answer without any says so. */
export function CitationChips({ message, onOpen }: ChipsProps) {
  const citations = citationsOf(message);
  if (citations.length === 0) {
    return owesSource(message) ? (
      <p className="mt-0.5 mb-1 rounded-card bg-bg px-2 text-small text-amber">{t("trace.noSource")}</p>
    ) : null;
  }
  return (
    <ul aria-label={t("trace.sources")} className="mt-1 mb-1 flex max-w-[80cqw] flex-wrap justify-end gap-1">
      {citations.map((citation, at) => (
        <li key={at} className="min-w-0">
          <button
            type="button"
            data-testid="citation"
            title={citation.source}
            onClick={() => onOpen(at)}
            className="flex min-h-6 max-w-56 items-center gap-1.5 rounded-full bg-raised px-2 text-small text-muted shadow-soft hover:text-text max-md:min-h-11 max-md:px-3"
          >
            <span className="font-semibold text-accent tabular-nums">{at + 1}</span>
            <bdi className="foreign truncate">{citation.source || t("trace.sources")}</bdi>
            {citation.page ? <span className="shrink-0">{t("citation.page", { n: citation.page })}</span> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}
