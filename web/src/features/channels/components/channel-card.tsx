import { PlugZap } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { CopyField } from "@/components/copy-field";
import { Dialog } from "@/components/dialog";
import { Foreign } from "@/components/foreign";
import { InlineError } from "@/components/notice";
import type { Channel } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { formatFull } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { explain } from "@/lib/explain";
import { useDeleteChannel } from "../api/delete-channel";
import { useTestChannel } from "../api/test-channel";
import { TestResult } from "./test-result";

interface CardProps {
  channel: Channel;
  /** Known only right after it was typed in. */
  verifyToken: string | null;
  canChange: boolean;
  onEdit(): void;
}

/** One number: its state, what the provider's page asks for, the self-test. */
export function ChannelCard({ channel, verifyToken, canChange, onEdit }: CardProps) {
  const test = useTestChannel(channel.id);
  const [removing, setRemoving] = useState(false);
  const own = channel.provider !== "sandbox";
  return (
    <article data-testid="channel" className="flex flex-col gap-4 rounded-card border border-line bg-bg p-4">
      <header className="flex items-start gap-3 max-md:flex-col">
        <div className="min-w-0 flex-1">
          <h2 className="flex flex-wrap items-center gap-2 text-lead font-semibold">
            <Foreign text={channel.name} />
            <StatusBadge channel={channel} />
          </h2>
          <p className="text-small text-muted">
            {tWord("channels.provider", channel.provider, channel.provider)}
            {channel.fields.phone_number_id ? ` · ${t("channels.numberId", { id: channel.fields.phone_number_id })}` : ""}
            {" · "}
            {channel.last_event_at ? t("channels.lastEvent", { time: formatFull(channel.last_event_at) }) : t("channels.noEvent")}
          </p>
          {channel.status_reason ? <p className="foreign mt-1 text-small text-danger">{channel.status_reason}</p> : null}
        </div>
        {canChange ? (
          <div className="flex flex-wrap gap-2">
            {own ? <Button onClick={onEdit}>{t("channels.edit")}</Button> : null}
            {own ? (
              <Button look="danger" onClick={() => setRemoving(true)}>
                {t("action.delete")}
              </Button>
            ) : null}
            <Button busy={test.isPending} onClick={() => test.mutate()}>
              <PlugZap size={16} aria-hidden />
              {t(test.isPending ? "channels.testing" : "channels.test")}
            </Button>
          </div>
        ) : null}
      </header>
      {own ? <WebhookFields channel={channel} verifyToken={verifyToken} /> : null}
      {test.isError ? <InlineError error={test.error} retry={() => test.mutate()} /> : null}
      {test.data ? <TestResult result={test.data} /> : null}
      <RemoveDialog channel={channel} open={removing} onOpenChange={setRemoving} />
    </article>
  );
}

function WebhookFields({ channel, verifyToken }: { channel: Channel; verifyToken: string | null }) {
  return (
    <div className="grid gap-3 md:grid-cols-2">
      <CopyField label={t("channels.webhookUrl")} value={channel.webhook_url} help={t("channels.webhookHelp")} />
      {verifyToken ? (
        <CopyField label={t("channels.verifyToken")} value={verifyToken} help={t("channels.verifyTokenOnce")} />
      ) : (
        <div className="flex flex-col gap-1">
          <p className="font-medium">{t("channels.verifyToken")}</p>
          <p className="text-small text-muted">{t("channels.verifyTokenKept")}</p>
        </div>
      )}
    </div>
  );
}

function StatusBadge({ channel }: { channel: Channel }) {
  const good = channel.status === "active";
  return (
    <span className={cx("rounded px-2 py-0.5 text-small font-medium", good ? "bg-accent-soft text-accent" : "bg-amber-soft text-amber")}>
      {tWord("channels.status", channel.status, channel.status)}
    </span>
  );
}

function RemoveDialog({ channel, open, onOpenChange }: { channel: Channel; open: boolean; onOpenChange(open: boolean): void }) {
  const remove = useDeleteChannel(channel.id);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("channels.remove.title", { name: channel.name })} description={t("channels.remove.body")}>
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>{t("action.cancel")}</Button>
        <Button
          look="danger"
          busy={remove.isPending}
          onClick={() =>
            remove.mutate(undefined, {
              onSuccess: () => notify(t("channels.removed")),
              onError: (error) => notifyFailure(explain(error)),
            })
          }
        >
          {t("channels.remove.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}
