import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import { useChannels } from "@/lib/api/list-channels";
import { t } from "@/lib/i18n";
import type { Channel } from "@/lib/api/types";
import { notify } from "@/lib/notify";
import { useProviders } from "../api/list-providers";
import { ChannelCard } from "./channel-card";
import { ChannelForm } from "./channel-form";
import { ConnectNumber } from "./connect-number";
import type { Made } from "./number-connected";

/** Shown until the page is left, for the provider's page: the server never says it again. */
interface Saved {
  channel: string;
  made: Made;
}

interface ListProps {
  /** "new", the id of the channel being edited, or null. */
  form: string | null;
  canChange: boolean;
  onForm(form: string | null): void;
}

export function ChannelList({ form, canChange, onForm }: ListProps) {
  const channels = useChannels();
  const providers = useProviders();
  const [saved, setSaved] = useState<Saved | null>(null);
  if (channels.isPending) return <Skeleton rows={3} className="h-32 py-2" />;
  if (channels.isError && !channels.data) {
    return <InlineError title={t("channels.failed")} error={channels.error} retry={() => void channels.refetch()} />;
  }
  const items = channels.data.items;
  const edited = items.find((channel) => channel.id === form) ?? null;
  const speaksFor = (channel: Channel) => providers.data?.find(({ provider }) => provider === channel.provider);
  const its = edited ? speaksFor(edited) : undefined;
  const empty = items.every((channel) => channel.provider === "sandbox");
  const connect = canChange ? <ConnectButton onClick={() => onForm("new")} /> : null;
  return (
    <div className="flex flex-col gap-4">
      {channels.isError ? <InlineError error={channels.error} retry={() => void channels.refetch()} /> : null}
      {canChange ? null : <p className="rounded-card bg-surface px-3 py-2 text-muted">{t("channels.forbidden")}</p>}
      {empty ? (
        <div className="flex rounded-card border border-dashed border-control">
          <EmptyState title={t("channels.empty.title")} body={t("channels.empty.body")}>
            {connect}
          </EmptyState>
        </div>
      ) : (
        <div className="flex justify-end">{connect}</div>
      )}
      {items.map((channel) => (
        <ChannelCard
          key={channel.id}
          channel={channel}
          provider={speaksFor(channel)}
          made={saved?.channel === channel.id ? saved.made : {}}
          canChange={canChange}
          onEdit={() => onForm(channel.id)}
        />
      ))}
      {canChange && form === "new" ? (
        <Dialog open onOpenChange={(open) => open || onForm(null)} title={t("channelForm.new")}>
          <ConnectNumber onSaved={(channel, made) => setSaved({ channel, made })} onClose={() => onForm(null)} />
        </Dialog>
      ) : null}
      {canChange && edited && its ? (
        <Dialog open onOpenChange={(open) => open || onForm(null)} title={t("channelForm.edit", { name: edited.name })} description={its.find}>
          <ChannelForm
            channel={edited}
            provider={its}
            onCancel={() => onForm(null)}
            onSaved={(made) => {
              setSaved({ channel: edited.id, made });
              onForm(null);
              notify(t("channels.saved"));
            }}
          />
        </Dialog>
      ) : null}
    </div>
  );
}

function ConnectButton({ onClick }: { onClick(): void }) {
  return (
    <Button look="primary" onClick={onClick}>
      <Plus size={16} aria-hidden />
      {t("channels.add")}
    </Button>
  );
}
