import { AtSign } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import type { Counts } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useCounts } from "../api/count-conversations";
import { askedStatus, type ListView, STATUSES, statusOf, TABS } from "../hooks/list-view";
import { Chosen, LabelFilter } from "./label-filter";
import { NewMessage } from "./new-message";
import { SearchBox } from "./search-box";

/** The server counts no further. */
const COUNTED = 1000;

interface FiltersProps {
  view: ListView;
  onChange(change: Partial<ListView>): void;
  /** Somebody was chosen to be written to. */
  onStarted(conversationId: string): void;
}

/** Search, status, and whose conversations; the values live in the address. */
export function ListFilters({ view, onChange, onStarted }: FiltersProps) {
  const { data } = useCounts({ status: askedStatus(view), label_id: view.label, priority: view.priority });
  const counts = view.q ? undefined : data; // of the tabs, not of what a search found
  return (
    <div className="flex flex-col gap-2 border-b border-line p-3 pb-2">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <SearchBox value={view.q ?? ""} onChange={(q) => onChange({ q: q || undefined })} />
        </div>
        <LabelFilter chosen={view} onChoose={onChange} />
        <select
          aria-label={t("inbox.status")}
          value={statusOf(view)}
          onChange={(event) => onChange({ status: STATUSES.find((status) => status === event.target.value) })}
          className="target h-9 w-28 rounded-card border border-control bg-bg px-2 max-md:h-11"
        >
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`inbox.status.${status}`)}
            </option>
          ))}
        </select>
        <NewMessage onStarted={onStarted} />
      </div>
      <ToggleGroup.Root
        type="single"
        aria-label={t("inbox.tabs")}
        value={view.tab ?? "all"}
        onValueChange={(value) => {
          const tab = TABS.find((known) => known === value);
          if (tab) onChange({ tab: tab === "all" ? undefined : tab });
        }}
        className="flex rounded-card bg-surface p-0.5"
      >
        {TABS.map((tab) => (
          <ToggleGroup.Item
            key={tab}
            value={tab}
            className="target flex flex-auto items-center justify-center gap-1 rounded-[6px] px-1.5 text-muted data-[state=on]:bg-raised data-[state=on]:font-medium data-[state=on]:text-text data-[state=on]:shadow-soft"
          >
            {tab === "mentions" ? <AtSign size={15} aria-label={t("inbox.tab.mentions")} /> : t(`inbox.tab.${tab}`)}
            <Count counts={counts} tab={tab} />
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <Chosen chosen={view} onChoose={onChange} />
    </div>
  );
}

/** As wide before its number is known as after, so nothing moves. */
function Count({ counts, tab }: { counts: Counts | undefined; tab: (typeof TABS)[number] }) {
  const n = counts?.[tab];
  return (
    <span data-testid={`count-${tab}`} className="min-w-3 text-small text-muted tabular-nums">
      {n === undefined ? "" : n >= COUNTED ? t("inbox.many") : n}
    </span>
  );
}
