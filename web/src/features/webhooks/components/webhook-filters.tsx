import { FilterForm } from "@/components/filter-form";
import { FilterSelect } from "@/components/filter-select";
import { SpanFields } from "@/components/span-fields";
import type { Channel } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { type DeliveryFilter, VERDICTS } from "../hooks/verdicts";

interface FiltersProps {
  filter: DeliveryFilter;
  channels: readonly Channel[];
  onFilter(change: Partial<DeliveryFilter>): void;
}

export function WebhookFilters({ filter, channels, onFilter }: FiltersProps) {
  const first = (
    <>
      <FilterSelect
        label={t("webhooks.verdict")}
        value={filter.verdict}
        choices={VERDICTS.map((verdict) => [verdict, t(`webhooks.verdict.${verdict}`)] as const)}
        onChoose={(verdict) => onFilter({ verdict })}
      />
      <FilterSelect
        label={t("filter.number")}
        value={filter.channel}
        choices={channels.map(({ id, name }) => [id, name] as const)}
        onChoose={(channel) => onFilter({ channel })}
      />
    </>
  );
  return (
    <FilterForm
      label={t("webhooks.filters")}
      first={first}
      more={<SpanFields span={filter} onChange={onFilter} />}
      narrowed={Boolean(filter.from ?? filter.to)}
    />
  );
}
