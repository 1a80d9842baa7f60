import { Plus } from "lucide-react";
import { Button } from "@/components/button";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import type { Rule } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useRules } from "../api/list-rules";
import { RuleForm } from "./rule-form";
import { RuleList } from "./rule-list";
import { RuleTester } from "./rule-tester";

interface ScreenProps {
  /** "new", the id of the rule that is open, or null. */
  opened: string | null;
  canChange: boolean;
  onOpen(rule: string | null): void;
}

/** The list, or one rule of it, with the tester always beside it. */
export function RulesScreen({ opened, canChange, onOpen }: ScreenProps) {
  const rules = useRules();
  if (rules.isError && !rules.data) {
    return <InlineError title={t("rules.failed")} error={rules.error} retry={() => void rules.refetch()} />;
  }
  if (!rules.data) return <Skeleton rows={8} className="h-16 py-1" />;
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <Main rules={rules.data} opened={opened} canChange={canChange} onOpen={onOpen} />
      <RuleTester asOf={rules.dataUpdatedAt} onOpen={onOpen} />
    </div>
  );
}

function Main({ rules, opened, canChange, onOpen }: ScreenProps & { rules: Rule[] }) {
  const rule = rules.find((one) => one.id === opened) ?? null;
  if (opened && (rule || (opened === "new" && canChange))) {
    return <RuleForm key={opened} rule={rule} rules={rules} canChange={canChange} onClose={() => onOpen(null)} />;
  }
  if (opened) {
    return (
      <EmptyState title={t("rules.gone.title")} body={t("rules.gone.body")}>
        <Button onClick={() => onOpen(null)}>{t("rules.back")}</Button>
      </EmptyState>
    );
  }
  const add = canChange ? (
    <Button look="primary" onClick={() => onOpen("new")}>
      <Plus size={16} aria-hidden />
      {t("rules.add")}
    </Button>
  ) : null;
  if (rules.length === 0) {
    return (
      <EmptyState title={t("rules.empty.title")} body={t("rules.empty.body")}>
        {add}
      </EmptyState>
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {add ? <div className="flex justify-end">{add}</div> : <p className="rounded-card bg-surface px-3 py-2 text-muted">{t("rules.readOnly")}</p>}
      <RuleList rules={rules} canChange={canChange} onOpen={onOpen} />
    </div>
  );
}
