import { PlugZap } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { CopyField } from "@/components/copy-field";
import { Dialog } from "@/components/dialog";
import { Foreign } from "@/components/foreign";
import { InlineError } from "@/components/notice";
import type { Channel, ChannelProvider } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { formatFull } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { explain } from "@/lib/explain";
import { useDeleteChannel } from "../api/delete-channel";
import { useTestChannel } from "../api/test-channel";
import { ChannelAlerts } from "./channel-alerts";
import { ChatPlaces } from "./chat-places";
import { DeviceState } from "./device-state";
import { LimitUsed } from "./limit-used";
import { LinkPhone } from "./link-phone";
import { type Made, MadeWords } from "./number-connected";
import { Standing } from "./standing";
import { TestResult } from "./test-result";
import { WindowTemplate } from "./window-template";

interface CardProps {
  channel: Channel;
  /** Undefined until the providers are known, and for the simulator. */
  provider: ChannelProvider | undefined;
  /** Known only right after it was made. */
  made: Made;
  canChange: boolean;
  onEdit(): void;
}

/** One number: its state, what the provider's page asks for, the self-test. */
export function ChannelCard({ channel, provider, made, canChange, onEdit }: CardProps) {
  const test = useTestChannel(channel.id);
  return (
    <article data-testid="channel" className="flex flex-col gap-4 rounded-card border border-line bg-bg p-4">
      <header className="flex items-start gap-3 max-md:flex-col">
        <div className="min-w-0 flex-1">
          <h2 className="flex flex-wrap items-center gap-2 text-lead font-semibold">
            <Foreign text={channel.name} />
            <StatusBadge channel={channel} />
          </h2>
          <p className="text-small text-muted">
            {tWord("channels.provider", channel.provider, provider?.title ?? channel.provider)}
            <Fixed channel={channel} provider={provider} />
            {" · "}
            {channel.last_event_at ? t("channels.lastEvent", { time: formatFull(channel.last_event_at) }) : t("channels.noEvent")}
          </p>
          {channel.account_limit ? <LimitUsed limit={channel.account_limit} /> : null}
          {channel.standing ? <Standing standing={channel.standing} /> : null}
          {channel.status_reason ? <p className="foreign mt-1 text-small text-danger">{channel.status_reason}</p> : null}
        </div>
        {canChange ? <Actions channel={channel} provider={provider} test={test} onEdit={onEdit} /> : null}
      </header>
      {provider?.then.length ? <WebhookFields channel={channel} provider={provider} made={made} /> : null}
      {provider?.capabilities.device ? <DeviceState channel={channel.id} canChange={canChange} /> : null}
      <ChannelAlerts channel={channel.id} />
      <WindowTemplate channel={channel} canChange={canChange} />
      {test.isError ? <InlineError error={test.error} retry={() => test.mutate()} /> : null}
      {test.data ? <TestResult result={test.data} /> : null}
    </article>
  );
}

interface ActionsProps extends Pick<CardProps, "channel" | "provider" | "onEdit"> {
  test: ReturnType<typeof useTestChannel>;
}

function Actions({ channel, provider, test, onEdit }: ActionsProps) {
  const [open, setOpen] = useState<"remove" | "link" | null>(null);
  const own = channel.provider !== "sandbox";
  return (
    <div className="flex flex-wrap gap-2">
      {own ? <Button onClick={onEdit}>{t("channels.edit")}</Button> : null}
      {own ? (
        <Button look="danger" onClick={() => setOpen("remove")}>
          {t("action.delete")}
        </Button>
      ) : null}
      {provider?.capabilities.pairs ? <Button onClick={() => setOpen("link")}>{t("link.open")}</Button> : null}
      <Button busy={test.isPending} onClick={() => test.mutate()}>
        <PlugZap size={16} aria-hidden />
        {t(test.isPending ? "channels.testing" : "channels.test")}
      </Button>
      {open === "link" ? (
        <Dialog open onOpenChange={() => setOpen(null)} title={t("link.title")} description={t("connect.linkLead")}>
          <LinkPhone channel={channel.id} />
        </Dialog>
      ) : null}
      <RemoveDialog channel={channel} open={open === "remove"} onOpenChange={() => setOpen(null)} />
    </div>
  );
}

/** By what the provider knows the number. */
function Fixed({ channel, provider }: { channel: Channel; provider: ChannelProvider | undefined }) {
  const field = provider?.fields.find(({ fixed, required, name }) => fixed && required && channel.fields[name]);
  return field ? ` · ${field.label} ${channel.fields[field.name] ?? ""}` : null;
}

function WebhookFields({ channel, provider, made }: { channel: Channel; provider: ChannelProvider; made: Made }) {
  const kept = provider.fields.filter((field) => field.made && !made[field.name]);
  return (
    <div className="grid gap-3 md:grid-cols-2">
      {channel.provider === "chat" ? (
        <ChatPlaces channel={channel} />
      ) : (
        <CopyField label={t("channels.webhookUrl")} value={channel.webhook_url} help={provider.then.join(" ")} />
      )}
      <MadeWords provider={provider} made={made} />
      {kept.map(({ name, label }) => (
        <div key={name} className="flex flex-col gap-1">
          <p className="font-medium">{label}</p>
          <p className="text-small text-muted">{t("channels.madeKept")}</p>
        </div>
      ))}
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
