import { Hand } from "lucide-react";
import type { Conversation, HandoverSummary } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";
import { reasonText } from "./names";
import { WriteAnswer } from "./write-answer";

/** Why nobody could answer, where an answer that somebody writes down will do next time. */
const TAUGHT = new Set(["nothing", "unsure", "several", "long", "unverified"]);

/** What the customer wants, in their own words, and why nobody else could answer. */
export function summaryLines({ wants, known, values }: HandoverSummary): string[] {
  const named = values.kind ? { ...values, kind: tWord("kind", values.kind, t("kind.unknown")) } : values;
  const why = tWord("known", known, t("known.nothing"), named);
  return wants ? [t("summary.wants", { wants }), why] : [why];
}

/** Over the messages while a person is asked for: nobody should have to read the thread first. */
export function NeedsPersonStrip({ conversation }: { conversation: Conversation }) {
  const { needs_person, needs_person_reason, needs_person_summary } = conversation;
  if (!needs_person || !needs_person_summary) return null;
  return (
    <section
      aria-label={t("inbox.needsPerson")}
      data-testid="needs-person-strip"
      className="flex flex-wrap gap-2 border-b border-line bg-amber-soft px-4 py-2 text-amber max-md:px-3"
    >
      <Hand size={16} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-60 flex-1">
        <p className="sr-only">{reasonText(needs_person_reason)}</p>
        {summaryLines(needs_person_summary).map((line, at) => (
          <p key={line} title={line} className={at === 0 && needs_person_summary.wants ? "line-clamp-2 font-medium" : "line-clamp-2 text-small"}>
            <bdi dir="auto">{line}</bdi>
          </p>
        ))}
      </div>
      {needs_person_summary.wants && TAUGHT.has(needs_person_summary.known) ? <WriteAnswer question={needs_person_summary.wants} /> : null}
    </section>
  );
}
