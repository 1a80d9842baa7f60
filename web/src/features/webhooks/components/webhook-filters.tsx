import { FilterForm } from "@/components/filter-form";
import { SelectField } from "@/components/select-field";
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
      <SelectField
        label={t("webhooks.verdict")}
        value={filter.verdict ?? ""}
        onChange={(event) => onFilter({ verdict: VERDICTS.find((one) => one === event.target.value) })}
      >
        <option value="">{t("filter.all")}</option>
        {VERDICTS.map((verdict) => (
          <option key={verdict} value={verdict}>
            {t(`webhooks.verdict.${verdict}`)}
          </option>
        ))}
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
