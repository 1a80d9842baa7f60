import { useQuery } from "@tanstack/react-query";
import { ThumbsDown, ThumbsUp } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Foreign } from "@/components/foreign";
import type { Judgement } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";
import { meQuery, useCan } from "@/lib/me";
import { notify, notifyFailure } from "@/lib/notify";
import { type Thumb, useJudge } from "../api/judge-answer";

const MOST = 500;

/** One's own thumb on an answer, and what the others think of it. */
export function JudgeAnswer({ messageId, said }: { messageId: string; said: readonly Judgement[] }) {
  const me = useQuery(meQuery).data?.member?.id;
  const canJudge = useCan()("reply");
  const judge = useJudge(messageId);
  const mine = said.find(({ member }) => member.id === me);
  const count = (verdict: Judgement["verdict"]) => said.filter((one) => one.verdict === verdict).length;
  const fail = (error: unknown) => notifyFailure(t("judge.failed"), explain(error));
  const put = (thumb: Thumb, done?: () => void) => judge.mutate(thumb, { onSuccess: done, onError: fail });
  const press = (verdict: Judgement["verdict"]) => put(mine?.verdict === verdict ? null : { verdict, reason: "" });
  const thumb = { mine: mine?.verdict, disabled: !canJudge, busy: judge.isPending, press };
  return (
    <section aria-label={t("judge.title")} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="w-full font-semibold">{t("judge.title")}</h3>
        <ThumbButton {...thumb} verdict="up" count={count("up")} />
        <ThumbButton {...thumb} verdict="down" count={count("down")} />
      </div>
      {mine?.verdict === "down" ? (
        <Why key={mine.reason} first={mine.reason} busy={judge.isPending} onKeep={(reason) => put({ verdict: "down", reason }, () => notify(t("judge.kept")))} />
      ) : null}
      <Sayings said={said.filter((one) => one.verdict === "down" && one !== mine)} />
    </section>
  );
}

const TONES: Record<Judgement["verdict"], string> = {
  up: "aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent",
  down: "aria-pressed:border-danger aria-pressed:bg-danger-soft aria-pressed:text-danger",
};

interface ThumbProps {
  verdict: Judgement["verdict"];
  count: number;
  mine: Judgement["verdict"] | undefined;
  disabled: boolean;
  busy: boolean;
  press(verdict: Judgement["verdict"]): void;
}

function ThumbButton({ verdict, count, mine, disabled, busy, press }: ThumbProps) {
  const Icon = verdict === "up" ? ThumbsUp : ThumbsDown;
  const on = mine === verdict;
  return (
    <Button aria-pressed={on} aria-label={t(`judge.${verdict}Of`, { n: count })} disabled={disabled} busy={busy} onClick={() => press(verdict)} className={cx("h-9 min-w-24", TONES[verdict])}>
      <Icon size={16} aria-hidden fill={on ? "currentColor" : "none"} fillOpacity={0.25} />
      {t(`judge.${verdict}`)}
      {count ? <span className="tabular-nums">{count}</span> : null}
    </Button>
  );
}

function Why({ first, busy, onKeep }: { first: string; busy: boolean; onKeep(reason: string): void }) {
  const [reason, setReason] = useState(first);
  function keep(event: FormEvent) {
    event.preventDefault();
    onKeep(reason.trim());
  }
  return (
    <form onSubmit={keep} className="flex flex-wrap items-end gap-2">
      <Field label={t("judge.reason")} help={t("judge.listed")} maxLength={MOST} value={reason} onChange={(event) => setReason(event.target.value)} className="min-w-full" />
      <Button type="submit" busy={busy} disabled={reason.trim() === first}>
        {t("judge.keep")}
      </Button>
    </form>
  );
}

/** Why colleagues find it wrong. */
function Sayings({ said }: { said: readonly Judgement[] }) {
  if (said.length === 0) return null;
  return (
    <ul aria-label={t("judge.saying")} className="flex flex-col gap-1 text-small">
      {said.map(({ member, reason, at }) => (
        <li key={member.id} className="border-l-2 border-danger pl-2">
          {reason ? <Foreign text={reason} className="block" /> : <span className="block text-muted">{t("judge.noReason")}</span>}
          <span className="text-muted">
            <Foreign text={member.name} />, <time dateTime={at}>{formatFull(at)}</time>
          </span>
        </li>
      ))}
    </ul>
  );
}
