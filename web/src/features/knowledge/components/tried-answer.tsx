import { CircleHelp, Hand, MessageCircle } from "lucide-react";
import { Foreign } from "@/components/foreign";
import type { TriedAnswer as Tried } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { t, tWord } from "@/lib/i18n";

export type OpenPassage = (source: string, passage: string) => void;

const ICONS = { answered: MessageCircle, which: CircleHelp, unknown: Hand } as const;

/** Whole percent; nothing here is ever certain. */
function percent(probability: number): number {
  return Math.min(99, Math.round(probability * 100));
}

/** The words that a customer would get, and under them the passages that were considered. */
export function TriedAnswer({ tried, onOpen }: { tried: Tried; onOpen: OpenPassage }) {
  const { outcome, answer, confidence, reason, citations, passages } = tried;
  const Icon = ICONS[outcome];
  const why = outcome === "unknown" ? tWord("ask.why", reason, "") : "";
  const cited = new Set(citations.map(({ passage_id }) => passage_id));
  return (
    <div className="flex flex-col gap-4">
      <section aria-label={t("ask.answer")} data-testid="answer" data-outcome={outcome} className="flex flex-col gap-1.5">
        <h3 className={cx("flex items-center gap-1.5 text-small font-semibold", outcome === "unknown" ? "text-amber" : "text-accent")}>
          <Icon size={14} aria-hidden />
          {t(`ask.outcome.${outcome}`)}
        </h3>
        <p className="rounded-card bg-accent-soft px-3 py-2 whitespace-pre-wrap">
          <Foreign text={answer} />
        </p>
        {why ? <p className="text-small">{why}</p> : null}
        <p className="text-small text-muted">{t(outcome === "unknown" ? "ask.sureNot" : "ask.sure", { n: percent(confidence) })}</p>
      </section>
      <section aria-label={t("ask.passages")} className="flex flex-col gap-2">
        <h3 className="text-small font-semibold">{t("ask.passages")}</h3>
        {passages.length === 0 ? <p className="text-muted">{t("ask.none")}</p> : null}
        <ol className="flex flex-col gap-2">
          {passages.map((passage) => (
            <li key={passage.id}>
              <button
                type="button"
                data-testid="considered"
                onClick={() => onOpen(passage.source_id, passage.id)}
                className={cx("target w-full rounded-card border px-3 py-2 text-left hover:bg-surface", cited.has(passage.id) ? "border-accent" : "border-line")}
              >
                <span className="block text-small text-muted">
                  <Foreign text={passage.source} /> · {cited.has(passage.id) ? t("ask.cited") : t("ask.score", { n: percent(passage.score) })}
                </span>
                <span className="line-clamp-4">
                  <Foreign text={passage.text} />
                </span>
              </button>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
