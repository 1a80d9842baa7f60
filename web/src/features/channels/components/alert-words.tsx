import { Foreign } from "@/components/foreign";
import type { Alert } from "@/lib/api/types";
import { formatFull } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";

/** What is wrong, in the provider's or our own words, since when and how often, and what to do about it. */
export function AlertWords({ alert }: { alert: Alert }) {
  const { name, detail, times, first_at } = alert;
  const told = name.startsWith("provider_");
  const todo = tWord("alert.todo", name, t(told ? "alert.todo.told" : "alert.todo.other"));
  return (
    <div className="min-w-0 flex-1">
      <p className="font-medium [overflow-wrap:anywhere]">{tWord("alert.title", name, told ? t("alert.title.told") : name.replaceAll("_", " "))}</p>
      {detail ? <Foreign text={detail} className="block text-small [overflow-wrap:anywhere]" /> : null}
      <p className="text-small">{todo}</p>
      <p className="text-small text-muted">
        {t("alerts.since", { time: formatFull(first_at) })}
        {times > 1 ? ` · ${t("alerts.times", { n: times })}` : null}
      </p>
    </div>
  );
}
