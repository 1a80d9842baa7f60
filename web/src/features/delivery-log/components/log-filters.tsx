import { Field } from "@/components/field";
import { FilterForm } from "@/components/filter-form";
import { FilterSelect } from "@/components/filter-select";
import { SpanFields } from "@/components/span-fields";
import type { Channel } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";
import { LOG_ACTIONS, LOG_REASONS, LOG_STATES, type LogFilter } from "../hooks/log-filter";

interface FiltersProps {
  filter: LogFilter;
  channels: readonly Channel[];
  onFilter(change: Partial<LogFilter>): void;
}

export function LogFilters({ filter, channels, onFilter }: FiltersProps) {
  const reasons = [...new Set([...LOG_REASONS, ...(filter.reason ? [filter.reason] : [])])];
  const first = (
    <>
      <FilterSelect
        label={t("log.state")}
        value={filter.state}
        choices={LOG_STATES.map((state) => [state, t(`state.${state}`)] as const)}
        onChoose={(state) => onFilter({ state })}
      />
      <FilterSelect
        label={t("log.reason")}
        value={filter.reason}
        choices={reasons.map((reason) => [reason, tWord("reason", reason, reason.replaceAll("_", " "))] as const)}
        onChoose={(reason) => onFilter({ reason })}
      />
    </>
  );
  const more = (
    <>
      <FilterSelect
        label={t("log.action")}
        value={filter.action}
        choices={LOG_ACTIONS.map((action) => [action, t(`log.action.${action}`)] as const)}
        onChoose={(action) => onFilter({ action })}
      />
      <FilterSelect
        label={t("log.direction")}
        value={filter.direction}
        choices={[
          ["out", t("log.direction.out")],
          ["in", t("log.direction.in")],
        ]}
        onChoose={(direction) => onFilter({ direction })}
      />
      <FilterSelect
        label={t("filter.number")}
        value={filter.channel}
        choices={channels.map(({ id, name }) => [id, name] as const)}
        onChoose={(channel) => onFilter({ channel })}
      />
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
  const { action, direction, channel, phone, from, to } = filter;
  return (
    <FilterForm
      label={t("log.filters")}
      first={first}
      more={more}
      narrowed={[action, direction, channel, phone, from, to].some(Boolean)}
    />
  );
}
