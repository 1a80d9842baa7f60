import { Field } from "@/components/field";
import { FilterForm } from "@/components/filter-form";
import { FilterSelect } from "@/components/filter-select";
import type { Template, TemplateChannel } from "@/lib/api/types";
import { languageName } from "@/lib/format";
import { t } from "@/lib/i18n";
import { CATEGORIES, STATUSES, type TemplateFilter } from "../hooks/template-filter";

interface FiltersProps {
  filter: TemplateFilter;
  templates: readonly Template[];
  channels: readonly TemplateChannel[];
  onFilter(change: Partial<TemplateFilter>): void;
}

export function TemplateFilters({ filter, templates, channels, onFilter }: FiltersProps) {
  const languages = [...new Set(templates.map((one) => one.language))].sort();
  const first = (
    <>
      <Field type="search" label={t("templates.search")} value={filter.q ?? ""} onChange={(event) => onFilter({ q: event.target.value || undefined })} />
      <FilterSelect
        label={t("templates.status")}
        value={filter.review}
        choices={STATUSES.map((status) => [status, t(`template.status.${status}`)] as const)}
        onChoose={(review) => onFilter({ review })}
      />
    </>
  );
  const more = (
    <>
      <FilterSelect
        label={t("templates.category")}
        value={filter.category}
        choices={CATEGORIES.map((category) => [category, t(`template.category.${category}`)] as const)}
        onChoose={(category) => onFilter({ category })}
      />
      <FilterSelect
        label={t("templates.language")}
        value={filter.language}
        choices={languages.map((language) => [language, languageName(language)] as const)}
        onChoose={(language) => onFilter({ language })}
      />
      {channels.length > 1 ? (
        <FilterSelect
          label={t("filter.number")}
          value={filter.channel}
          choices={channels.map(({ channel_id, name }) => [channel_id, name] as const)}
          onChoose={(channel) => onFilter({ channel })}
        />
      ) : null}
    </>
  );
  const { category, language, channel } = filter;
  return <FilterForm label={t("templates.filters")} first={first} more={more} narrowed={[category, language, channel].some(Boolean)} />;
}
