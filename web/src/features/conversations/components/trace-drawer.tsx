import { Link } from "@tanstack/react-router";
import { Dialog } from "@/components/dialog";
import { Foreign } from "@/components/foreign";
import { InlineError, Skeleton } from "@/components/notice";
import type { Message, Trace } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { useTrace } from "../api/get-trace";
import { useMessages } from "../api/list-messages";
import { CitationList } from "./citation-list";
import { JudgeAnswer } from "./judge-answer";
import { WriteAnswer } from "./write-answer";

interface TraceDrawerProps {
  conversationId: string;
  messageId: string;
  cite: number | null;
  onClose(): void;
}

/** How a message came about, stage by stage. Customers see none of it. */
export default function TraceDrawer({ conversationId, messageId, cite, onClose }: TraceDrawerProps) {
  const trace = useTrace(messageId);
  const pages = useMessages(conversationId).data?.pages ?? [];
  const messages = pages.flatMap((page) => page.items); // the newest first
  const at = messages.findIndex((item) => item.id === messageId);
  const message = messages[at];
  const asked = messages.slice(at + 1).find((item) => item.author === "customer")?.text;
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} place="side" title={t("trace.title")}>
      {message ? (
        <CitationList message={message} chosen={cite} />
      ) : null}
      {message?.author === "assistant" && trace.data ? (
        <div className="mb-5 flex flex-col gap-3 border-b border-line pb-4">
          <JudgeAnswer messageId={messageId} said={trace.data.judgements} />
          <Mend message={message} asked={asked} judged={trace.data.judgements.some(({ verdict }) => verdict === "down")} />
        </div>
      ) : null}
      {trace.isPending ? <Skeleton rows={5} className="h-12 py-1" /> : null}
      {trace.isError ? (
        <InlineError title={t("trace.failed")} error={trace.error} retry={() => void trace.refetch()} />
      ) : null}
      {trace.data ? <Stages trace={trace.data} /> : null}
    </Dialog>
  );
}

/** To where the answer can be made right: the rule that gave it, or the knowledge. */
function Mend({ message, asked, judged }: { message: Message; asked: string | undefined; judged: boolean }) {
  const can = useCan();
  if (message.source !== "rule") {
    if (!asked || !message.text) return null;
    return (
      <div className="flex">
        <WriteAnswer question={asked} answer={message.text} judged={judged ? message.id : undefined} />
      </div>
    );
  }
  return can("changeRules") ? (
    <Link to="/settings/rules" className="target inline-flex items-center font-medium text-accent underline">
      {t("judge.changeRule")}
    </Link>
  ) : null;
}

function Stages({ trace }: { trace: Trace }) {
  if (trace.stages.length === 0) return <p className="text-muted">{t("trace.empty")}</p>;
  const total = trace.stages.reduce((sum, stage) => sum + stage.ms, 0);
  return (
    <>
      <ol className="flex flex-col">
        {trace.stages.map((stage, at) => (
          <li key={at} className="relative border-l-2 border-line pb-4 pl-4 last:pb-0">
            <span aria-hidden className="absolute top-1.5 -left-[5px] size-2 rounded-full bg-accent" />
            <div className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 font-medium">{humanise(stage.name)}</span>
              <span className="rounded bg-surface px-1.5 text-small">{humanise(stage.verdict)}</span>
              <span className="text-small text-muted tabular-nums">{t("trace.ms", { n: round(stage.ms) })}</span>
            </div>
            {stage.detail ? (
              <p className="mt-0.5 text-small text-muted">
                <Foreign text={detail(stage.detail)} />
              </p>
            ) : null}
          </li>
        ))}
      </ol>
      <dl className="mt-4 flex justify-between border-t border-line pt-3 text-small text-muted">
        <dt>{t("trace.total")}</dt>
        <dd className="tabular-nums">
          {t("trace.ms", { n: round(total) })}
          {trace.cost ? ` · ${trace.cost.amount} ${trace.cost.currency}` : ""}
        </dd>
      </dl>
    </>
  );
}

function humanise(word: string): string {
  const spaced = word.replace(/[_.]/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function round(ms: number): number {
  return ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms);
}

/** What a stage noted: words as they are, facts as "name: value". */
function detail(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.map(detail).join(", ");
  return Object.entries(value)
    .filter(([, fact]) => fact !== null && fact !== "")
    .map(([name, fact]) => `${humanise(name)}: ${detail(fact)}`)
    .join(" · ");
}
