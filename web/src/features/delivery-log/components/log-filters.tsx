import { Field } from "@/components/field";
import { FilterForm } from "@/components/filter-form";
import { SelectField } from "@/components/select-field";
import { SpanFields } from "@/components/span-fields";
import type { Channel } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";
import { LOG_REASONS, LOG_STATES, type LogFilter } from "../hooks/log-filter";

interface FiltersProps {
  filter: LogFilter;
  channels: readonly Channel[];
  onFilter(change: Partial<LogFilter>): void;
}

export function LogFilters({ filter, channels, onFilter }: FiltersProps) {
  const reasons = [...new Set([...LOG_REASONS, ...(filter.reason ? [filter.reason] : [])])];
  const first = (
    <>
      <SelectField
        label={t("log.state")}
        value={filter.state ?? ""}
        onChange={(event) => onFilter({ state: LOG_STATES.find((one) => one === event.target.value) })}
      >
        <option value="">{t("filter.all")}</option>
        {LOG_STATES.map((state) => (
          <option key={state} value={state}>
            {t(`state.${state}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("log.reason")}
        value={filter.reason ?? ""}
        onChange={(event) => onFilter({ reason: event.target.value || undefined })}
      >
        <option value="">{t("filter.all")}</option>
        {reasons.map((reason) => (
          <option key={reason} value={reason}>
            {tWord("reason", reason, reason.replaceAll("_", " "))}
          </option>
        ))}
      </SelectField>
    </>
  );
  const more = (
    <>
      <SelectField
        label={t("log.direction")}
        value={filter.direction ?? ""}
        onChange={(event) => onFilter({ direction: (["in", "out"] as const).find((one) => one === event.target.value) })}
      >
        <option value="">{t("filter.all")}</option>
        <option value="out">{t("log.direction.out")}</option>
        <option value="in">{t("log.direction.in")}</option>
      </SelectField>
      <SelectField
        label={t("filter.number")}
        value={filter.channel ?? ""}
        onChange={(event) => onFilter({ channel: event.target.value || undefined })}
      >
        <option value="">{t("filter.all")}</option>
        {channels.map((channel) => (
          <option key={channel.id} value={channel.id}>
            {channel.name}
          </option>
        ))}
      </SelectField>
      <Field
        type="tel"
        label={t("log.phone")}
        placeholder="+91…"
        defaultValue={filter.phone ?? ""}
        onBlur={(event) => onFilter({ phone: event.target.value.trim() || undefined })}
        onKeyDown={(event) => event.key === "Enter" && onFilter({ phone: event.currentTarget.value.trim() || undefined })}
      />
      <SpanFields span={filter} onChange={onFilter} />
    </>
  );
  const { direction, channel, phone, from, to } = filter;
  return (
    <FilterForm
      label={t("log.filters")}
      first={first}
      more={more}
      narrowed={[direction, channel, phone, from, to].some(Boolean)}
    />
  );
}
