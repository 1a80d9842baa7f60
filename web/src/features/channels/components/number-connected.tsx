import { useEffect, useRef } from "react";
import { Button } from "@/components/button";
import { CopyField } from "@/components/copy-field";
import { InlineError } from "@/components/notice";
import type { Channel } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useTestChannel } from "../api/test-channel";
import { TestResult } from "./test-result";

interface ConnectedProps {
  channel: Channel;
  verifyToken: string;
  testing: boolean;
  onTest(): void;
  onBack(): void;
  onClose(): void;
}

/** The number is stored: what to paste at Meta, then the self-test, as often as it takes. */
export function NumberConnected({ channel, verifyToken, testing, onTest, onBack, onClose }: ConnectedProps) {
  const test = useTestChannel(channel.id);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), [testing]);

  function run() {
    onTest();
    test.mutate();
  }

  return (
    <div ref={top} tabIndex={-1} className="flex flex-col gap-4 outline-none">
      {testing ? (
        <>
          <p className="text-muted">{t("connect.testLead")}</p>
          {test.isPending ? <p role="status">{t("channels.testing")}</p> : null}
          {test.isError ? <InlineError error={test.error} retry={() => test.mutate()} /> : null}
          {test.data && !test.isPending ? <TestResult result={test.data} /> : null}
        </>
      ) : (
        <Webhook url={channel.webhook_url} token={verifyToken} />
      )}
      <div className="flex flex-wrap justify-end gap-2 border-t border-line pt-4">
        {testing ? <Button onClick={onBack}>{t("connect.back")}</Button> : <Button onClick={onClose}>{t("connect.later")}</Button>}
        {testing && test.data?.ok ? (
          <Button look="primary" onClick={onClose}>
            {t("connect.finish")}
          </Button>
        ) : (
          <Button look="primary" busy={test.isPending} onClick={run}>
            {t(testing ? "connect.again" : "connect.pasted")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Webhook({ url, token }: { url: string; token: string }) {
  return (
    <>
      <p className="text-muted">{t("connect.webhookLead")}</p>
      <ol className="flex list-decimal flex-col gap-1 pl-5">
        <li>{t("connect.paste1")}</li>
        <li>{t("connect.paste2")}</li>
        <li>{t("connect.paste3")}</li>
      </ol>
      <CopyField label={t("channels.webhookUrl")} value={url} />
      <CopyField label={t("channels.verifyToken")} value={token} help={t("channels.verifyTokenOnce")} />
    </>
  );
}
