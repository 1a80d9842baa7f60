import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { InlineError } from "@/components/notice";
import { SelectField } from "@/components/select-field";
import { useChannels } from "@/lib/api/list-channels";
import type { Channel } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { t } from "@/lib/i18n";
import { useStartConversation } from "../api/start-conversation";

interface StartProps {
  onClose(): void;
  onStarted(conversationId: string): void;
}

/** Asks for a number, and from which of our own; what is written to them comes in their conversation. */
export default function StartDialog({ onClose, onStarted }: StartProps) {
  const channels = useChannels();
  const usable = channels.data?.items.filter(({ by_phone }) => by_phone);
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t("start.title")} description={t("start.lead")}>
      {channels.isError && !channels.data ? (
        <InlineError title={t("start.noChannels")} error={channels.error} retry={() => void channels.refetch()} />
      ) : null}
      {usable?.length === 0 ? <p className="text-muted">{t("start.none")}</p> : null}
      {usable?.length || channels.isPending ? <StartForm channels={usable ?? []} onClose={onClose} onStarted={onStarted} /> : null}
    </Dialog>
  );
}

/** `channels` may still be on their way: typing begins before. */
function StartForm({ channels, onClose, onStarted }: StartProps & { channels: readonly Channel[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const channel = chosen ?? channels[0]?.id;
  const [phone, setPhone] = useState("");
  const [tried, setTried] = useState(false);
  const start = useStartConversation();
  const said = start.error instanceof Invalid ? start.error.facts.fields.find(({ field }) => field === "phone")?.detail : undefined;
  const fault = said ?? (tried && !phone.trim() ? t("business.needed") : undefined);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    const focus = () => requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    if (!phone.trim() || !channel) return void focus();
    const onSuccess = ({ id }: { id: string }) => {
      onClose();
      onStarted(id);
    };
    start.mutate({ channel_id: channel, phone: phone.trim() }, { onSuccess, onError: focus });
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
      <Field
        type="tel"
        label={t("start.phone")}
        help={t("start.phoneHelp")}
        value={phone}
        error={fault}
        maxLength={40}
        onChange={(event) => {
          if (start.isError) start.reset();
          setPhone(event.target.value);
        }}
      />
      {channels.length > 1 ? (
        <SelectField label={t("start.channel")} value={channel ?? ""} onChange={(event) => setChosen(event.target.value)}>
          {channels.map(({ id, name, display_address }) => (
            <option key={id} value={id}>
              {name} ({display_address})
            </option>
          ))}
        </SelectField>
      ) : null}
      {start.isError && !said ? <InlineError title={t("start.failed")} error={start.error} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button type="submit" look="primary" busy={start.isPending} disabled={!channel}>
          {t("start.go")}
        </Button>
      </div>
    </form>
  );
}
