import { useEffect, useRef } from "react";
import { Button } from "@/components/button";
import { CopyField } from "@/components/copy-field";
import { InlineError } from "@/components/notice";
import type { Channel, ChannelProvider } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useTestChannel } from "../api/test-channel";
import { ChatPlaces } from "./chat-places";
import { LinkPhone } from "./link-phone";
import { TestResult } from "./test-result";

/** Words made for a channel, to be entered at the provider; the server shows them once. */
export type Made = Readonly<Record<string, string>>;

/** What is left once a number is stored: to do at the provider, to link a phone, to try it. */
export type Stage = "left" | "link" | "test";

interface ConnectedProps {
  channel: Channel;
  provider: ChannelProvider;
  made: Made;
  stage: Stage;
  first: boolean;
  onNext(): void;
  onBack(): void;
  onClose(): void;
}

/** The number is stored: what is left to do at the provider, the phone, then the self-test, as often as it takes. */
export function NumberConnected({ channel, provider, made, stage, first, onNext, onBack, onClose }: ConnectedProps) {
  const test = useTestChannel(channel.id);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), [stage]);
  const testing = stage === "test";
  const last = stage === "link" || !provider.capabilities.pairs; // before the test

  function next() {
    if (!testing) onNext();
    if (testing || last) test.mutate();
  }

  return (
    <div ref={top} tabIndex={-1} className="flex flex-col gap-4 outline-none">
      {testing ? (
        <>
          <p className="text-muted">{t("connect.testLead", { provider: provider.title })}</p>
          {test.isPending ? <p role="status">{t("channels.testing")}</p> : null}
          {test.isError ? <InlineError error={test.error} retry={() => test.mutate()} /> : null}
          {test.data && !test.isPending ? <TestResult result={test.data} /> : null}
        </>
      ) : stage === "link" ? (
        <>
          <p className="text-muted">{t("connect.linkLead")}</p>
          <LinkPhone channel={channel.id} />
        </>
      ) : (
        <LeftToDo channel={channel} provider={provider} made={made} />
      )}
      <div className="flex flex-wrap justify-end gap-2 border-t border-line pt-4">
        {!first ? (
          <Button onClick={onBack}>{t("connect.back")}</Button>
        ) : (
          <Button onClick={onClose}>{t("connect.later")}</Button>
        )}
        {testing && test.data?.ok ? (
          <Button look="primary" onClick={onClose}>
            {t("connect.finish")}
          </Button>
        ) : (
          <Button look="primary" busy={test.isPending} onClick={next}>
            {t(!testing ? (last ? "connect.pasted" : "connect.linked") : test.isIdle ? "channels.test" : "connect.again")}
          </Button>
        )}
      </div>
    </div>
  );
}

function LeftToDo({ channel, provider, made }: Pick<ConnectedProps, "channel" | "provider" | "made">) {
  return (
    <>
      <p className="text-muted">{t(channel.provider === "chat" ? "connect.chatLead" : "connect.webhookLead")}</p>
      <ol className="flex list-decimal flex-col gap-1 pl-5">
        {provider.then.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {channel.provider === "chat" ? <ChatPlaces channel={channel} /> : <CopyField label={t("channels.webhookUrl")} value={channel.webhook_url} />}
      <MadeWords provider={provider} made={made} />
    </>
  );
}

/** Each with its own name at the provider. */
export function MadeWords({ provider, made }: { provider: ChannelProvider; made: Made }) {
  return provider.fields
    .filter(({ name }) => made[name])
    .map(({ name, label }) => <CopyField key={name} label={label} value={made[name] ?? ""} help={t("channels.madeOnce")} />);
}
