import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { InlineError } from "@/components/notice";
import { TextArea } from "@/components/text-area";
import { t } from "@/lib/i18n";
import { useAskKnowledge } from "../api/ask-knowledge";
import { type OpenPassage, TriedAnswer } from "./tried-answer";

/** Tries a question as a customer would ask it: the answer, its sources, and what else was found. */
export function AskBox({ onOpen }: { onOpen: OpenPassage }) {
  const ask = useAskKnowledge();
  const [question, setQuestion] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (question.trim()) ask.mutate(question.trim());
  }

  return (
    <section aria-labelledby="ask" className="flex min-w-0 flex-col gap-3 rounded-card border border-line p-4">
      <h2 id="ask" className="text-lead font-semibold">
        {t("ask.title")}
      </h2>
      <form onSubmit={submit} className="flex flex-col gap-2">
        <TextArea label={t("ask.question")} help={t("ask.lead")} rows={2} maxLength={2000} value={question} onChange={(event) => setQuestion(event.target.value)} />
        <Button type="submit" look="primary" busy={ask.isPending} disabled={!question.trim()} className="self-start">
          {t("ask.submit")}
        </Button>
      </form>
      <div role="status" data-testid="tried" aria-busy={ask.isPending}>
        {ask.isError ? <InlineError error={ask.error} /> : null}
        {ask.data ? <TriedAnswer tried={ask.data} onOpen={onOpen} /> : null}
      </div>
    </section>
  );
}
