import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { TextArea } from "@/components/text-area";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify } from "@/lib/notify";
import { useWriteFaq } from "../api/write-faq";

export interface Pair {
  question: string;
  answer: string;
}

const MOST_NAME = 200;
const EMPTY: Pair = { question: "", answer: "" };

const said = (text: string): boolean => text.trim() !== "";

/** Questions with answers, typed in; one half without the other is not sent, it is asked for. */
export function FaqForm({ first = EMPTY, onDone }: { first?: Pair; onDone(): void }) {
  const write = useWriteFaq();
  const [name, setName] = useState<string>(first.question.slice(0, MOST_NAME) || t("faq.nameValue"));
  const [pairs, setPairs] = useState<Pair[]>([first]);
  const [tried, setTried] = useState(false);
  const written = pairs.filter((pair) => said(pair.question) || said(pair.answer));
  const wrong = written.length === 0 || written.some((pair) => !said(pair.question) || !said(pair.answer));
  const set = (at: number, part: Partial<Pair>) => setPairs(pairs.map((pair, one) => (one === at ? { ...pair, ...part } : pair)));

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!said(name) || wrong) return;
    write.mutate(
      { name: name.trim(), faq: written },
      {
        onSuccess: () => {
          notify(t("faq.added"));
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {write.isError || (tried && wrong) ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {write.isError ? explain(write.error) : t("faq.needed")}
        </p>
      ) : null}
      <Field label={t("faq.name")} maxLength={MOST_NAME} value={name} error={tried && !said(name) ? t("business.needed") : null} onChange={(event) => setName(event.target.value)} />
      {pairs.map((pair, at) => (
        <div key={at} className="flex flex-col gap-2 border-l-2 border-line pl-3">
          <Field label={t("faq.question", { n: at + 1 })} maxLength={8000} value={pair.question} onChange={(event) => set(at, { question: event.target.value })} />
          <TextArea label={t("faq.answer", { n: at + 1 })} rows={2} maxLength={8000} value={pair.answer} onChange={(event) => set(at, { answer: event.target.value })} />
        </div>
      ))}
      <Button className="self-start" onClick={() => setPairs([...pairs, EMPTY])}>
        <Plus size={16} aria-hidden />
        {t("faq.more")}
      </Button>
      <div className="flex justify-end border-t border-line pt-4">
        <Button type="submit" look="primary" busy={write.isPending}>
          {t("faq.submit")}
        </Button>
      </div>
    </form>
  );
}
