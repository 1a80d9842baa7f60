import { CircleCheck, CircleSlash } from "lucide-react";
import { useEffect, useState } from "react";
import { Foreign } from "@/components/foreign";
import { InlineError } from "@/components/notice";
import { TextArea } from "@/components/text-area";
import type { RuleTrial } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";
import { useRuleTrial } from "../api/try-rules";

const PAUSE_MS = 250;
const MOST_MESSAGES = 20;

/** Asks the server, while one types, which rule would answer; each line is a message of one burst. */
export function RuleTester({ asOf, onOpen }: { asOf: number; onOpen(rule: string): void }) {
  const [text, setText] = useState("");
  const texts = useSettled(text);
  const trial = useRuleTrial(texts, asOf);
  return (
    <section aria-labelledby="trial" className="flex flex-col gap-3 rounded-card border border-line p-4 xl:sticky xl:top-0">
      <h2 id="trial" className="text-lead font-semibold">
        {t("trial.title")}
      </h2>
      <TextArea label={t("trial.text")} help={t("trial.lead")} placeholder={t("trial.placeholder")} rows={3} maxLength={4096} value={text} onChange={(event) => setText(event.target.value)} />
      <div role="status" data-testid="trial">
        {texts.length && trial.isError ? <InlineError title={t("trial.failed")} error={trial.error} retry={() => void trial.refetch()} /> : null}
        {texts.length && trial.data && !trial.isError ? <Verdict trial={trial.data} onOpen={onOpen} /> : null}
      </div>
    </section>
  );
}

function useSettled(text: string): string[] {
  const [texts, setTexts] = useState<string[]>([]);
  useEffect(() => {
    const lines = text.split("\n").map((line) => line.trim()).filter(Boolean).slice(-MOST_MESSAGES);
    const timer = window.setTimeout(() => setTexts(lines), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return texts;
}

function Verdict({ trial, onOpen }: { trial: RuleTrial; onOpen(rule: string): void }) {
  const { rule, phrase, language, would_say } = trial;
  if (!rule) {
    return (
      <p className="flex items-start gap-2">
        <CircleSlash size={18} aria-hidden className="mt-0.5 shrink-0 text-muted" />
        <span>
          {t("trial.none")}
          <span className="block text-small text-muted">{t("trial.noneBody")}</span>
        </span>
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-start gap-2">
        <CircleCheck size={18} aria-hidden className="mt-0.5 shrink-0 text-accent" />
        <span className="min-w-0">
          <button type="button" onClick={() => onOpen(rule.id)} className="target foreign text-left font-medium text-accent underline underline-offset-2">
            {t("trial.match", { rule: rule.name })}
          </button>
          <span className="block text-small text-muted">
            {t(`rules.action.${rule.action}`)}
            {phrase ? ` · ${t("trial.phrase", { phrase })}` : ""} · {t("trial.language", { language: tWord("language", language, language) })}
          </span>
        </span>
      </p>
      {would_say ? (
        <figure className="flex flex-col gap-1">
          <figcaption className="text-small text-muted">{t("trial.says")}</figcaption>
          <blockquote className="rounded-xl bg-outbound px-3 py-2 whitespace-pre-wrap">
            <Foreign text={would_say} />
          </blockquote>
        </figure>
      ) : (
        <p className="text-small text-muted">{t("trial.silent")}</p>
      )}
    </div>
  );
}
