import { Link } from "@tanstack/react-router";
import { Button } from "@/components/button";
import { Foreign } from "@/components/foreign";
import { InlineError, Skeleton } from "@/components/notice";
import { SelectField } from "@/components/select-field";
import type { WrongAnswer } from "@/lib/api/types";
import { formatFull } from "@/lib/format";
import { t, tn } from "@/lib/i18n";
import { useWrongAnswers } from "../api/list-wrong-answers";
import { useSettleWithUndo } from "../hooks/use-settle";

interface WrongAnswersProps {
  settled: boolean;
  canSettle: boolean;
  onSettled(settled: boolean): void;
}

/** What colleagues put a thumb down for, with the way to the right answer. */
export function WrongAnswers({ settled, canSettle, onSettled }: WrongAnswersProps) {
  const found = useWrongAnswers(settled);
  const items = found.data?.pages.flatMap((page) => page.items);
  return (
    <section aria-labelledby="wrong-answers" className="flex flex-col gap-3">
      <header className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-48 flex-1 max-md:basis-full">
          <h2 id="wrong-answers" className="text-lead font-semibold">
            {t("wrong.title")}
          </h2>
          <p className="text-muted">{t("wrong.lead")}</p>
        </div>
        <SelectField label={t("wrong.state")} value={settled ? "settled" : ""} onChange={(event) => onSettled(event.target.value === "settled")}>
          <option value="">{t("wrong.open")}</option>
          <option value="settled">{t("wrong.settled")}</option>
        </SelectField>
      </header>
      {found.isError ? <InlineError title={t("wrong.failed")} error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton rows={2} className="h-24 py-1" /> : null}
      {items?.length === 0 ? (
        <p className="rounded-card border border-dashed border-control px-4 py-6 text-center text-muted">
          {t(settled ? "wrong.noneSettled" : "wrong.none")}
        </p>
      ) : null}
      {items?.length ? (
        <ul className="rounded-card border border-line">
          {items.map((one) => (
            <Row key={one.message_id} one={one} canSettle={canSettle} />
          ))}
        </ul>
      ) : null}
      {found.hasNextPage ? (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()} className="self-center">
          {t("wrong.more")}
        </Button>
      ) : null}
    </section>
  );
}

function Row({ one, canSettle }: { one: WrongAnswer; canSettle: boolean }) {
  return (
    <li data-testid="wrong-answer" className="flex flex-col gap-2 border-b border-line px-4 py-3 last:border-0">
      <dl className="flex flex-col gap-1">
        <Said label={t("wrong.asked", { name: one.contact_name })} words={one.question} strong />
        <Said label={t("wrong.told")} words={one.answer} />
      </dl>
      <ul className="flex flex-col gap-1">
        {one.wrong.map(({ member, reason, at }) => (
          <li key={member.id} className="border-l-2 border-danger pl-2">
            {reason ? <Foreign text={reason} className="mr-2" /> : <span className="mr-2 text-muted">{t("judge.noReason")}</span>}
            <span className="text-small text-muted">{t("wrong.by", { name: member.name, time: formatFull(at) })}</span>
          </li>
        ))}
      </ul>
      {one.up ? <p className="text-small text-muted">{tn("wrong.right", one.up)}</p> : null}
      <Deeds one={one} canSettle={canSettle} />
    </li>
  );
}

function Said({ label, words, strong = false }: { label: string; words: string; strong?: boolean }) {
  return (
    <div>
      <dt className="text-small text-muted">
        <Foreign text={label} />
      </dt>
      <dd className={strong ? "font-medium" : undefined}>
        {words.trim() ? <Foreign text={words} className="line-clamp-4 whitespace-pre-wrap" /> : <span className="text-muted">{t("wrong.noWords")}</span>}
      </dd>
    </div>
  );
}

function Deeds({ one, canSettle }: { one: WrongAnswer; canSettle: boolean }) {
  const settle = useSettleWithUndo();
  const link = "target inline-flex items-center font-medium text-accent underline";
  const question = one.question || t("wrong.noWords");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {canSettle && one.source !== "rule" && one.question ? (
        <Link to="/knowledge" search={{ form: "faq", question: one.question.replace(/\s+/g, " "), answer: one.answer, judged: one.message_id }} className={link}>
          {t("teach.correct")}
        </Link>
      ) : null}
      {canSettle && one.source === "rule" ? (
        <Link to="/settings/rules" className={link}>
          {t("judge.changeRule")}
        </Link>
      ) : null}
      <Link to="/inbox/$conversationId" params={{ conversationId: one.conversation_id }} search={{ message: one.message_id, trace: one.message_id }} className={link}>
        {t("wrong.see")}
      </Link>
      {canSettle ? (
        <Button
          className="ml-auto"
          aria-label={t(one.settled_at ? "wrong.reopenOf" : "wrong.settleOf", { question })}
          onClick={() => settle(one.message_id, !one.settled_at)}
        >
          {t(one.settled_at ? "wrong.reopen" : "wrong.settle")}
        </Button>
      ) : null}
    </div>
  );
}
