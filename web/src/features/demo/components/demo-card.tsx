import { Button } from "@/components/button";
import type { Demo, DemoName } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useDemo } from "../api/get-demo";
import { useLoadDemo } from "../api/load-demo";
import { useRemoveDemo } from "../api/remove-demo";

/** An invented business to try things with: loaded, exchanged, taken back by one press. */
export function DemoCard() {
  const demo = useDemo().data;
  if (!demo) return null;
  return (
    <section aria-labelledby="demo-title" className="flex flex-col gap-3 rounded-card border border-line p-4" data-testid="demo">
      <h2 id="demo-title" className="text-lead font-semibold">
        {t("demo.title")}
      </h2>
      <p className="text-muted">{demo.loaded ? t("demo.loaded", { label: demo.loaded.label }) : t("demo.lead")}</p>
      <Choices demo={demo} />
    </section>
  );
}

function Choices({ demo }: { demo: Demo }) {
  const load = useLoadDemo();
  const remove = useRemoveDemo();
  const busy = load.isPending || remove.isPending;
  const failed = (error: unknown) => notifyFailure(t("demo.failed"), explain(error));
  const others = demo.on_offer.filter(({ name }) => name !== demo.loaded?.name);
  const open = (name: DemoName, label: string) =>
    load.mutate(name, { onSuccess: () => notify(t("demo.opened", { label })), onError: failed });
  return (
    <div className="flex flex-wrap gap-2">
      {demo.loaded ? (
        <Button
          look="danger"
          busy={busy}
          onClick={() => remove.mutate(undefined, { onSuccess: () => notify(t("demo.removed")), onError: failed })}
        >
          {t("demo.remove")}
        </Button>
      ) : null}
      {others.map(({ name, label }) => (
        <Button key={name} busy={busy} onClick={() => open(name, label)}>
          {label}
        </Button>
      ))}
    </div>
  );
}
