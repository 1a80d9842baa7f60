import { CircleCheck, CircleX } from "lucide-react";
import type { ChannelTest } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { t, tWord } from "@/lib/i18n";

function stepName(name: string): string {
  return tWord("step", name, name.replaceAll("_", " "));
}

/** Each step of the self-test; the headline names the one that failed. */
export function TestResult({ result }: { result: ChannelTest }) {
  const failed = result.steps.find((step) => !step.ok);
  return (
    <section role="status" data-testid="self-test" data-ok={result.ok} className="rounded-card border border-line">
      <h3 className={cx("rounded-t-card px-3 py-2 font-medium", result.ok ? "bg-accent-soft text-accent" : "bg-danger-soft text-danger")}>
        {failed ? t("channels.test.failed", { step: stepName(failed.name) }) : t("channels.test.ok")}
      </h3>
      <ol className="flex flex-col gap-2 p-3">
        {result.steps.map((step) => (
          <li key={step.name} className="flex items-start gap-2">
            {step.ok ? (
              <CircleCheck size={16} className="mt-0.5 shrink-0 text-accent" aria-hidden />
            ) : (
              <CircleX size={16} className="mt-0.5 shrink-0 text-danger" aria-hidden />
            )}
            <span className="min-w-0">
              <span className="sr-only">{t(step.ok ? "channels.step.ok" : "channels.step.failed")}</span>
              {stepName(step.name)}
              {step.detail ? <span className="foreign block text-small text-muted">{step.detail}</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
