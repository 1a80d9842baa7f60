import { GripVertical, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Foreign } from "@/components/foreign";
import { Switch } from "@/components/switch";
import type { Rule } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { t, tn } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import { useChangeRule } from "../api/change-rule";
import { useOrderRules } from "../api/order-rules";
import { conflictsOf } from "../hooks/conflicts";
import { moved, useReorder } from "../hooks/use-reorder";

interface ListProps {
  rules: Rule[];
  canChange: boolean;
  onOpen(rule: string): void;
}

const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

/** Rules first to last; the handle moves one by pointer or by arrow keys. */
export function RuleList({ rules, canChange, onOpen }: ListProps) {
  const order = useOrderRules();
  const change = useChangeRule();
  const [said, setSaid] = useState("");
  const drag = useReorder(rules, place);

  function place(next: Rule[], id: string) {
    order.mutateAsync(next).catch((error: unknown) => notifyFailure(t("rules.notMoved"), explain(error)));
    const at = next.findIndex((rule) => rule.id === id);
    setSaid(t("rules.moved", { name: next[at]?.name ?? "", place: at + 1, of: next.length }));
  }

  function step(event: KeyboardEvent, rule: Rule) {
    const by = STEPS[event.key];
    if (!by) return;
    event.preventDefault();
    const from = rules.findIndex((one) => one.id === rule.id);
    const to = from + by;
    if (to >= 0 && to < rules.length) place(moved(rules, from, to), rule.id);
  }

  function enable(rule: Rule, enabled: boolean) {
    const failed = (error: unknown) => notifyFailure(t("rules.notChanged", { name: rule.name }), explain(error));
    change.mutateAsync({ id: rule.id, body: { enabled } }).catch(failed);
  }

  return (
    <>
      <ol aria-label={t("rules.list")} className="min-w-0 rounded-card border border-line">
        {drag.shown.map((rule, at) => (
          <li
            key={rule.id}
            data-row={rule.id}
            data-testid="rule"
            className={cx(
              "flex items-center gap-2 border-b border-line bg-bg py-1.5 pr-3 pl-1 first:rounded-t-card last:rounded-b-card last:border-0",
              rule.id === drag.dragged && "relative z-10 bg-accent-soft shadow-soft",
            )}
          >
            {canChange ? (
              <button
                type="button"
                aria-label={t("rules.move", { name: rule.name })}
                title={t("rules.move", { name: rule.name })}
                onKeyDown={(event) => step(event, rule)}
                {...drag.handle(rule.id)}
                className="target inline-flex cursor-grab touch-none items-center justify-center rounded-card text-muted hover:bg-surface active:cursor-grabbing"
              >
                <GripVertical size={16} aria-hidden />
              </button>
            ) : null}
            <span className="w-5 shrink-0 text-center text-small text-muted tabular-nums">{at + 1}</span>
            <Summary rule={rule} earlier={drag.shown.slice(0, at)} onOpen={() => onOpen(rule.id)} />
            {canChange ? (
              <Switch label={t("rules.enable", { name: rule.name })} checked={rule.enabled} onChange={(on) => enable(rule, on)} />
            ) : rule.enabled ? null : (
              <span className="text-small text-muted">{t("rules.off")}</span>
            )}
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  );
}

function Summary({ rule, earlier, onOpen }: { rule: Rule; earlier: readonly Rule[]; onOpen(): void }) {
  const conflicts = rule.enabled ? conflictsOf(rule, earlier) : [];
  return (
    <button
      type="button"
      aria-label={t("rules.edit", { name: rule.name })}
      onClick={onOpen}
      className={cx("target min-w-0 flex-1 rounded-card px-2 py-1 text-left hover:bg-surface", !rule.enabled && "text-muted")}
    >
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">
          <Foreign text={rule.name} />
        </span>
        {rule.builtin ? <span className="rounded bg-surface px-1.5 text-small text-muted">{t("rules.builtin")}</span> : null}
      </span>
      <span className="block truncate text-small text-muted">
        {t(`rules.action.${rule.action}`)} · {rule.phrases.length > 3 ? `${tn("rules.phrases", rule.phrases.length)}: ` : null}
        <Foreign text={rule.phrases.slice(0, 3).join(", ")} />
        {rule.phrases.length > 3 ? ", …" : null}
      </span>
      {conflicts.length ? (
        <span className="flex items-center gap-1 text-small text-amber">
          <TriangleAlert size={14} aria-hidden className="shrink-0" />
          {tn("rules.conflicts", conflicts.length)}
        </span>
      ) : null}
    </button>
  );
}
