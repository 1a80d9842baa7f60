import { Smartphone } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import type { Connection } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useChangeLink } from "../api/change-link";
import { useConnection } from "../api/get-connection";

const LOST: readonly Connection["state"][] = ["dropped", "connecting"];

/** The phone behind a linked device: whether it is linked, what left it today, and what can be done about it. */
export function DeviceState({ channel, canChange }: { channel: string; canChange: boolean }) {
  const connection = useConnection(channel);
  const change = useChangeLink(channel);
  const [ending, setEnding] = useState(false);
  if (!connection.data) return null;
  const { state, detail, sent_today } = connection.data;
  const open = state === "open";

  function logOut() {
    change.mutate("logout", {
      onSuccess: () => notify(t("device.loggedOut")),
      onError: (error) => notifyFailure(explain(error)),
      onSettled: () => setEnding(false),
    });
  }

  return (
    <section aria-label={t("device.label")} data-testid="device" data-state={state} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-center gap-2 font-medium">
          <Smartphone size={16} aria-hidden className={cx("shrink-0", open ? "text-accent" : "text-amber")} />
          {t(`device.${state}`)}
          {open ? <span className="foreign font-normal text-muted">{phone(connection.data)}</span> : null}
        </p>
        <p className="text-small text-muted">{open ? t("device.sentToday", { count: sent_today }) : detail}</p>
      </div>
      {canChange && open ? <Button onClick={() => setEnding(true)}>{t("device.logOut")}</Button> : null}
      {canChange && LOST.includes(state) ? (
        <Button busy={change.isPending} onClick={() => change.mutate("reconnect", { onError: (error) => notifyFailure(explain(error)) })}>
          {t("device.reconnect")}
        </Button>
      ) : null}
      <Confirm
        open={ending}
        title={t("device.logOut.title")}
        body={t("device.logOut.body")}
        deed={t("device.logOut")}
        busy={change.isPending}
        onConfirm={logOut}
        onClose={() => setEnding(false)}
      />
    </section>
  );
}

function phone({ number, name }: Connection): string {
  return name ? `${number} (${name})` : number;
}
