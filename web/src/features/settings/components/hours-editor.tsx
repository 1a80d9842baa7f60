import { CopyPlus, Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/button";
import { Switch } from "@/components/switch";
import { t } from "@/lib/i18n";
import { alwaysOpen, type Day, DAYS, faultOf, nextSpan, type Span, usualWeek, type Week } from "../hooks/hours";

interface EditorProps {
  week: Week;
  disabled: boolean;
  onChange(week: Week): void;
}

/** Hours by weekday, several spans a day; a day without any is closed. */
export function HoursEditor({ week, disabled, onChange }: EditorProps) {
  const always = alwaysOpen(week);
  const set = (day: Day, spans: Span[]) => onChange({ ...week, [day]: spans });
  const repeat = (day: Day) =>
    onChange(Object.fromEntries(DAYS.map((other) => [other, week[other].length ? week[day] : []])) as Week);
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-3">
      <legend className="mb-2 text-lead font-semibold">{t("hours.title")}</legend>
      <p className="text-muted">{t("hours.lead")}</p>
      <label className="target flex w-fit items-center gap-3">
        <input
          type="checkbox"
          checked={always}
          className="size-5 accent-accent"
          onChange={(event) => onChange(event.target.checked ? emptyWeek() : usualWeek())}
        />
        {t("hours.always")}
      </label>
      {always ? null : (
        <ul className="rounded-card border border-line">
          {DAYS.map((day) => (
            <DayRow
              key={day}
              day={day}
              spans={week[day]}
              disabled={disabled}
              last={DAYS.filter((other) => week[other].length).length === 1 && week[day].length > 0}
              onChange={(spans) => set(day, spans)}
              onRepeat={() => repeat(day)}
            />
          ))}
        </ul>
      )}
    </fieldset>
  );
}

const emptyWeek = (): Week => Object.fromEntries(DAYS.map((day) => [day, []])) as unknown as Week;

interface RowProps {
  day: Day;
  spans: Span[];
  disabled: boolean;
  /** The only open day: closing it would mean "always open". */
  last: boolean;
  onChange(spans: Span[]): void;
  onRepeat(): void;
}

function DayRow({ day, spans, disabled, last, onChange, onRepeat }: RowProps) {
  const name = t(`day.${day}`);
  const fault = faultOf(spans);
  return (
    <li data-testid={`hours-${day}`} className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-3 py-2 last:border-0">
      <div className="flex w-36 items-center gap-2">
        <Switch
          label={t("hours.open", { day: name })}
          checked={spans.length > 0}
          disabled={disabled || last}
          onChange={(open) => onChange(open ? [nextSpan([])] : [])}
        />
        <span className="font-medium">{name}</span>
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        {spans.length === 0 ? <p className="target flex items-center text-muted">{t("hours.closed")}</p> : null}
        {spans.map((span, at) => (
          <div key={at} className="flex flex-wrap items-center gap-2">
            <TimeInput label={t("hours.from", { day: name, n: at + 1 })} value={span.opens} onChange={(opens) => onChange(spans.with(at, { ...span, opens }))} />
            <span aria-hidden>–</span>
            <TimeInput label={t("hours.until", { day: name, n: at + 1 })} value={span.closes} onChange={(closes) => onChange(spans.with(at, { ...span, closes }))} />
            {spans.length > 1 ? (
              <IconButton label={t("hours.remove", { day: name, n: at + 1 })} onClick={() => onChange(spans.toSpliced(at, 1))}>
                <X size={16} aria-hidden />
              </IconButton>
            ) : null}
            {span.closes && span.closes < span.opens ? <span className="text-small text-muted">{t("hours.overnight")}</span> : null}
          </div>
        ))}
        {fault ? (
          <p role="alert" className="text-small text-danger">
            {t(`hours.fault.${fault}`)}
          </p>
        ) : null}
      </div>
      {spans.length > 0 && !disabled ? (
        <div className="flex gap-1">
          <Button look="quiet" aria-label={t("hours.addTo", { day: name })} onClick={() => onChange([...spans, nextSpan(spans)])}>
            <Plus size={16} aria-hidden />
            {t("hours.add")}
          </Button>
          <IconButton label={t("hours.repeat", { day: name })} onClick={onRepeat}>
            <CopyPlus size={16} aria-hidden />
          </IconButton>
        </div>
      ) : null}
    </li>
  );
}

function TimeInput({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <input
      type="time"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="target h-9 rounded-card border border-control bg-bg px-2 max-md:h-11 max-md:text-lead disabled:opacity-60"
    />
  );
}
