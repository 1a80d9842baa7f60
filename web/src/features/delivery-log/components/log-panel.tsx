import { Link } from "@tanstack/react-router";
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { Facts } from "@/components/facts";
import { Foreign } from "@/components/foreign";
import { InlineError } from "@/components/notice";
import type { LogLine } from "@/lib/api/types";
import { formatExact } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import { useSendAgain } from "../api/send-again";
import { toneOf } from "../hooks/log-filter";
import { stepsOf } from "../hooks/steps";
import { customerOf } from "./log-row";

interface PanelProps {
  line: LogLine;
  /** The name of the number it went through. */
  number: string | null;
  canSend: boolean;
  /** It is on its way again, so it may stand elsewhere in the list. */
  onSent(): void;
}

/** One message: where it stands, why, and each step with its time. */
export function LogPanel({ line, number, canSend, onSent }: PanelProps) {
  return (
    <div data-testid="log-panel" className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone={toneOf(line)} text={t(`state.${line.status}`)} />
        </span>
        <p className="font-medium">{line.why}</p>
      </div>
      {line.retryable && canSend ? <SendAgain id={line.id} onSent={onSent} /> : null}
      <Foreign
        text={line.text.trim() || tWord("kind", line.kind, t("kind.unknown"))}
        className="rounded-card bg-surface px-3 py-2 whitespace-pre-wrap"
      />
      <Facts
        facts={[
          [t("log.customer"), customerOf(line)],
          [t("filter.number"), number],
          [t("log.action"), line.action ? t(`log.action.${line.action}`) : null],
          [t("log.code"), line.reason ? <code key="code" className="text-small">{line.reason}</code> : null],
          [t("log.provider"), line.provider_detail],
          [t("log.providerCode"), line.provider_code],
          [t("log.attempts"), line.attempts || null],
        ]}
      />
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{t("log.steps")}</h3>
        <ol>
          {stepsOf(line).map(({ text, at }) => (
            <li key={text} className="flex flex-wrap justify-between gap-x-4 border-b border-line py-1 last:border-0">
              <span>{t(text)}</span>
              <time dateTime={at} className="text-muted tabular-nums">
                {formatExact(at)}
              </time>
            </li>
          ))}
        </ol>
      </section>
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: line.conversation_id }}
        search={{ message: line.id }}
        className="target inline-flex items-center self-start font-medium text-accent underline"
      >
        {t("log.open")}
      </Link>
    </div>
  );
}

function SendAgain({ id, onSent }: { id: string; onSent(): void }) {
  const again = useSendAgain(id);
  const send = () => void again.mutateAsync().then(onSent, () => undefined); // a failure is shown below
  return (
    <div className="flex flex-col gap-2">
      <Button look="primary" busy={again.isPending} onClick={send} className="self-start">
        {t("log.retry")}
      </Button>
      {again.isError ? <InlineError title={t("send.retryFailed")} error={again.error} /> : null}
    </div>
  );
}
