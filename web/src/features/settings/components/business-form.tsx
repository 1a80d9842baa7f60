import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { InlineError, Skeleton } from "@/components/notice";
import { SelectField } from "@/components/select-field";
import type { Tenant, TenantChange } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { explain } from "@/lib/explain";
import { t, tWord } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useChangeTenant } from "../api/change-tenant";
import { useTenant } from "../api/get-tenant";
import { DAYS, faultOf, hoursOf, type Week, weekOf } from "../hooks/hours";
import { countries, currencies, LANGUAGES, timeZones } from "../hooks/standards";
import { HoursEditor } from "./hours-editor";

type Draft = Pick<Tenant, "name" | "language" | "country" | "currency" | "time_zone" | "business_hours">;

/** What the business says about itself; greetings, closing times and money are read from it. */
export function BusinessForm({ canChange }: { canChange: boolean }) {
  const tenant = useTenant();
  if (tenant.data) return <Form key={JSON.stringify(draftOf(tenant.data))} tenant={tenant.data} canChange={canChange} />;
  if (tenant.isError) {
    return <InlineError title={t("business.failed")} error={tenant.error} retry={() => void tenant.refetch()} />;
  }
  return <Skeleton rows={6} className="h-16 py-2" />;
}

function draftOf({ name, language, country, currency, time_zone, business_hours }: Tenant): Draft {
  return { name, language, country, currency, time_zone, business_hours };
}

function Form({ tenant, canChange }: { tenant: Tenant; canChange: boolean }) {
  const before = draftOf(tenant);
  const [draft, setDraft] = useState(before);
  const [week, setWeek] = useState<Week>(() => weekOf(tenant.business_hours));
  const change = useChangeTenant();
  const now: Draft = { ...draft, name: draft.name.trim(), business_hours: hoursOf(week) };
  const changed = JSON.stringify(now) !== JSON.stringify({ ...before, business_hours: hoursOf(weekOf(before.business_hours)) });
  const wrong = DAYS.some((day) => faultOf(week[day]) !== null) || !now.name;
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const faults = change.error instanceof Invalid ? change.error.facts.fields : [];
  const faultAt = (field: keyof Draft) => faults.find((fault) => fault.field === field)?.detail;

  /** By its promise: a saved form begins anew, and with the old one go the callbacks of `mutate`. */
  function save(body: TenantChange, undo: TenantChange | null) {
    change.mutateAsync(body).then(
      () =>
        notify(t(undo ? "business.saved" : "business.undone"), {
          undo: undo ? () => save(undo, null) : undefined,
        }),
      (error: unknown) => notifyFailure(t("business.notSaved"), explain(error)),
    );
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!wrong) save(now, before);
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-6">
      {canChange ? null : <p className="rounded-card bg-surface px-3 py-2 text-muted">{t("business.readOnly")}</p>}
      <fieldset disabled={!canChange} className="grid gap-4 md:grid-cols-2">
        <legend className="sr-only">{t("business.facts")}</legend>
        <Field
          label={t("business.name")}
          help={t("business.nameHelp")}
          className="md:col-span-2"
          maxLength={120}
          value={draft.name}
          error={now.name ? faultAt("name") : t("business.needed")}
          onChange={(event) => set({ name: event.target.value })}
        />
        <SelectField
          label={t("business.language")}
          help={t("business.languageHelp")}
          value={draft.language}
          error={faultAt("language")}
          onChange={(event) => set({ language: event.target.value as Tenant["language"] })}
        >
          {LANGUAGES.map((code) => (
            <option key={code} value={code}>
              {tWord("language", code, code)}
            </option>
          ))}
        </SelectField>
        <Choice label={t("business.timeZone")} options={timeZones(tenant.time_zone)} value={draft.time_zone} error={faultAt("time_zone")} onChange={(time_zone) => set({ time_zone })} />
        <Choice label={t("business.country")} options={countries()} value={draft.country} error={faultAt("country")} onChange={(country) => set({ country })} />
        <Choice label={t("business.currency")} options={currencies()} value={draft.currency} error={faultAt("currency")} onChange={(currency) => set({ currency })} />
      </fieldset>
      <HoursEditor week={week} onChange={setWeek} disabled={!canChange} />
      {canChange ? (
        <div className="sticky bottom-0 -mx-1 flex items-center gap-3 border-t border-line bg-bg px-1 py-3">
          <Button type="submit" look="primary" busy={change.isPending} disabled={!changed || wrong}>
            {t("action.save")}
          </Button>
          {changed ? (
            <Button
              look="quiet"
              onClick={() => {
                setDraft(before);
                setWeek(weekOf(tenant.business_hours));
              }}
            >
              {t("business.discard")}
            </Button>
          ) : null}
          <span role="status" className="text-small text-muted">
            {changed ? t("business.unsaved") : ""}
          </span>
        </div>
      ) : null}
    </form>
  );
}

interface ChoiceProps {
  label: string;
  options: { value: string; name: string }[];
  value: string;
  error: string | undefined;
  onChange(value: string): void;
}

function Choice({ label, options, value, error, onChange }: ChoiceProps) {
  return (
    <SelectField label={label} value={value} error={error} onChange={(event) => onChange(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </SelectField>
  );
}
