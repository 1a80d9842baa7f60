import { ArrowLeft, TriangleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { SelectField } from "@/components/select-field";
import type { Rule } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useAddRule } from "../api/add-rule";
import { useChangeRule } from "../api/change-rule";
import { useOrderRules } from "../api/order-rules";
import { useRemoveRule } from "../api/remove-rule";
import { type Conflict, conflictsOf } from "../hooks/conflicts";
import { bodyOf, check, draftOf, type Faults, faultsOf, type RuleDraft } from "../hooks/rule-draft";
import { PhraseChips } from "./phrase-chips";
import { RuleTexts } from "./rule-texts";

const ACTIONS = ["reply", "handoff", "lookup", "opt_out", "opt_in"] as const satisfies readonly Rule["action"][];
const MATCHES = ["phrase", "regex"] as const satisfies readonly Rule["match"][];

interface FormProps {
  /** Null: a new one. */
  rule: Rule | null;
  rules: readonly Rule[];
  canChange: boolean;
  onClose(): void;
}

export function RuleForm({ rule, rules, canChange, onClose }: FormProps) {
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(rule));
  const [tried, setTried] = useState(false);
  const add = useAddRule();
  const change = useChangeRule();
  const saving = rule ? change : add;
  const said = faultsOf(saving.error, draft);
  const faults = tried ? { ...said, ...check(draft) } : {};
  const conflicts = conflictsOf(draft, earlierThan(rule, rules));

  function set(part: Partial<RuleDraft>) {
    if (saving.isError) saving.reset();
    setDraft({ ...draft, ...part });
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    if (Object.keys(check(draft)).length) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    const done = (text: string) => () => {
      notify(text);
      onClose();
    };
    if (rule) change.mutate({ id: rule.id, body: bodyOf(draft) }, { onSuccess: done(t("rules.saved")) });
    else add.mutate(bodyOf(draft), { onSuccess: done(t("rules.created")) });
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off" aria-label={t(rule ? "ruleForm.edit" : "ruleForm.new")} className="flex min-w-0 flex-col gap-4">
      <Button look="quiet" onClick={onClose} className="self-start">
        <ArrowLeft size={16} aria-hidden />
        {t("rules.back")}
      </Button>
      <h2 className="text-title font-semibold">{t(rule ? "ruleForm.edit" : "ruleForm.new")}</h2>
      {saving.isError && Object.keys(said).length === 0 ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(saving.error)}
        </p>
      ) : null}
      <fieldset disabled={!canChange} className="flex min-w-0 flex-col gap-4">
        <Values draft={draft} faults={faults} conflicts={conflicts} canChange={canChange} onChange={set} />
      </fieldset>
      {rule?.builtin ? <p className="text-small text-muted">{t("ruleForm.builtin")}</p> : null}
      {canChange ? (
        <div className="sticky bottom-0 flex gap-2 border-t border-line bg-bg py-3">
          <Button type="submit" look="primary" busy={saving.isPending}>
            {t(rule ? "action.save" : "ruleForm.create")}
          </Button>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <span className="flex-1" />
          {rule && !rule.builtin ? <DeleteButton rule={rule} rules={rules} onDeleted={onClose} /> : null}
        </div>
      ) : null}
    </form>
  );
}

/** A new rule stands before the built-in ones, after one's own. */
function earlierThan(rule: Rule | null, rules: readonly Rule[]): readonly Rule[] {
  const at = rule ? rules.findIndex((one) => one.id === rule.id) : rules.findIndex((one) => one.builtin !== null);
  return at < 0 ? rules : rules.slice(0, at);
}

interface ValuesProps {
  draft: RuleDraft;
  faults: Faults;
  conflicts: Conflict[];
  canChange: boolean;
  onChange(part: Partial<RuleDraft>): void;
}

function Values({ draft, faults, conflicts, canChange, onChange }: ValuesProps) {
  return (
    <>
      <Field label={t("ruleForm.name")} help={t("ruleForm.nameHelp")} maxLength={120} value={draft.name} error={faults.name} onChange={(event) => onChange({ name: event.target.value })} />
      <SelectField label={t("ruleForm.match")} className="max-w-64" value={draft.match} onChange={(event) => onChange({ match: event.target.value as Rule["match"] })}>
        {MATCHES.map((match) => (
          <option key={match} value={match}>
            {t(`ruleForm.match.${match}`)}
          </option>
        ))}
      </SelectField>
      <PhraseChips
        phrases={draft.phrases}
        help={t(draft.match === "phrase" ? "ruleForm.phrasesHelp" : "ruleForm.regexHelp")}
        error={faults.phrases}
        doubtful={new Set(conflicts.map((conflict) => conflict.phrase))}
        disabled={!canChange}
        onChange={(phrases) => onChange({ phrases })}
      />
      {conflicts.length ? (
        <ul data-testid="conflicts" className="flex flex-col gap-1 rounded-card bg-amber-soft px-3 py-2 text-amber">
          {conflicts.map(({ phrase, rule }) => (
            <li key={phrase} className="foreign flex items-start gap-2">
              <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
              {t("rules.conflict", { phrase, rule: rule.name })}
            </li>
          ))}
        </ul>
      ) : null}
      <SelectField label={t("ruleForm.action")} className="max-w-96" value={draft.action} onChange={(event) => onChange({ action: event.target.value as Rule["action"] })}>
        {ACTIONS.map((action) => (
          <option key={action} value={action}>
            {t(`ruleForm.action.${action}`)}
          </option>
        ))}
      </SelectField>
      {draft.action === "lookup" ? (
        <Field label={t("ruleForm.topic")} help={t("ruleForm.topicHelp")} maxLength={60} value={draft.topic ?? ""} error={faults.topic} onChange={(event) => onChange({ topic: event.target.value })} />
      ) : null}
      <RuleTexts text={draft.text} texts={draft.texts} error={faults.text} onText={(text) => onChange({ text })} onTexts={(texts) => onChange({ texts })} />
    </>
  );
}

/** At once, with a way back: the rule returns to its place. */
function DeleteButton({ rule, rules, onDeleted }: { rule: Rule; rules: readonly Rule[]; onDeleted(): void }) {
  const remove = useRemoveRule();
  const add = useAddRule();
  const order = useOrderRules();
  const { name } = rule;

  /** By its promise: the form has closed by then, and with it go the callbacks of `mutate`. */
  function restore() {
    add
      .mutateAsync(bodyOf(draftOf(rule)))
      .then((made) => order.mutateAsync(rules.map((one) => (one.id === rule.id ? made : one))))
      .then(
        () => notify(t("rules.restored", { name })),
        (error: unknown) => notifyFailure(t("rules.notRestored", { name }), explain(error)),
      );
  }

  function confirm() {
    remove.mutate(rule.id, {
      onSuccess: () => {
        notify(t("rules.deleted", { name }), { undo: restore });
        onDeleted();
      },
      onError: (error) => notifyFailure(explain(error)),
    });
  }

  return (
    <Button look="danger" busy={remove.isPending} onClick={confirm}>
      {t("action.delete")}
    </Button>
  );
}
