import { Button } from "@/components/button";
import type { Message, MessageStatus } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { type TextKey, t, tWord } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import { useDropMessage } from "../api/drop-message";
import { useRetryMessage } from "../api/retry-message";
import { discard, type Pending, retry } from "../hooks/outbox";

const WORDS: Partial<Record<MessageStatus, TextKey>> = {
  failed: "send.failedReason",
  held: "send.heldReason",
  skipped: "send.skippedReason",
};

interface FateProps {
  message: Message;
  pending: Pending | null;
  canSend: boolean;
}

/** Why a message did not leave, and what can be done: an unknown one settles itself and offers nothing. */
export function MessageFate({ message, pending, canSend }: FateProps) {
  const words = WORDS[message.status];
  if (message.status === "unknown") return <Line tone="text-amber">{t("state.unknown")}</Line>;
  if (!words) return null;
  const reason = [tWord("reason", message.reason ?? "", message.reason ?? ""), message.detail].filter(Boolean).join(": ");
  return (
    <Line tone={message.status === "failed" ? "text-danger" : "text-amber"}>
      <span className="foreign">{reason ? t(words, { reason }) : t(`state.${message.status}`)}</span>
      {canSend ? <Remedies message={message} pending={pending} /> : null}
    </Line>
  );
}

function Remedies({ message, pending }: { message: Message; pending: Pending | null }) {
  const again = useRetryMessage();
  const drop = useDropMessage();
  if (pending) {
    return (
      <>
        <Button look="quiet" onClick={() => retry(pending.client_id)}>
          {t("send.retry")}
        </Button>
        <Button look="quiet" onClick={() => discard(pending.client_id)}>
          {t("send.remove")}
        </Button>
      </>
    );
  }
  if (message.status === "skipped") return null;
  return (
    <>
      <Button
        look="quiet"
        busy={again.isPending}
        onClick={() => again.mutate(message.id, { onError: (error) => notifyFailure(t("send.retryFailed"), explain(error)) })}
      >
        {t("send.retry")}
      </Button>
      {message.status === "held" ? (
        <Button
          look="quiet"
          busy={drop.isPending}
          onClick={() => drop.mutate(message.id, { onError: (error) => notifyFailure(t("send.dropFailed"), explain(error)) })}
        >
          {t("send.drop")}
        </Button>
      ) : null}
    </>
  );
}

function Line({ tone, children }: { tone: string; children: React.ReactNode }) {
  return (
    <p className={cx("mt-0.5 flex max-w-[80cqw] flex-wrap items-center justify-end gap-x-1 rounded-card bg-bg px-2 text-small", tone)}>
      {children}
    </p>
  );
}
