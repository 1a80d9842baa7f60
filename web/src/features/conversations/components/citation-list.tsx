import { useEffect, useRef } from "react";
import { Foreign } from "@/components/foreign";
import type { Message } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { useAround } from "../api/passages-around";
import { type Citation, citationsOf, confidenceOf } from "../hooks/citations";

/** The passages an answer was made from; the one that was asked for is in sight and marked. */
export function CitationList({ message, chosen }: { message: Message; chosen: number | null }) {
  const citations = citationsOf(message);
  if (citations.length === 0) return null;
  return (
    <section aria-label={t("trace.sources")} className="mb-5 flex flex-col gap-3 border-b border-line pb-4">
      <h3 className="font-semibold">{t("trace.sources")}</h3>
      <ol className="flex flex-col gap-3">
        {citations.map((citation, at) => (
          <Passage key={at} number={at + 1} citation={citation} chosen={at === chosen} />
        ))}
      </ol>
    </section>
  );
}

function Passage({ number, citation, chosen }: { number: number; citation: Citation; chosen: boolean }) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) item.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const { source, heading, page, passage, score, place } = citation;
  const around = useAround(chosen ? place : null).data;
  return (
    <li
      ref={item}
      data-testid="passage"
      aria-current={chosen || undefined}
      className={cx("rounded-card border p-3", chosen ? "border-accent bg-accent-soft" : "border-line")}
    >
      <p className="flex items-baseline gap-2">
        <span className="font-semibold text-accent tabular-nums">{number}</span>
        <Foreign text={source} className="min-w-0 flex-1 font-medium" />
        {page ? <span className="text-small text-muted">{t("citation.page", { n: page })}</span> : null}
      </p>
      {heading ? (
        <p className="text-small text-muted">
          <Foreign text={heading} />
        </p>
      ) : null}
      {around?.before ? <Neighbour label={t("citation.before")} text={around.before.text} /> : null}
      <blockquote className="mt-1 whitespace-pre-wrap">
        {chosen ? (
          <mark className="bg-transparent text-text">
            <Foreign text={passage} />
          </mark>
        ) : (
          <Foreign text={passage} />
        )}
      </blockquote>
      {around?.after ? <Neighbour label={t("citation.after")} text={around.after.text} /> : null}
      {score === null ? null : (
        <p className="mt-1 text-small text-muted" title={score.toFixed(2)}>
          {t("citation.confidence", { word: t(`confidence.${confidenceOf(score)}`) })}
        </p>
      )}
    </li>
  );
}

/** What stands beside the cited passage in its source, so that its words can be read where they were written. */
function Neighbour({ label, text }: { label: string; text: string }) {
  return (
    <section aria-label={label} className="my-2 border-l-2 border-line pl-2 text-small text-muted">
      <p className="font-medium">{label}</p>
      <p className="line-clamp-6 whitespace-pre-wrap">
        <Foreign text={text} />
      </p>
    </section>
  );
}
