import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import type { Channel, LogLine } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { notify } from "@/lib/notify";
import { useLog } from "../api/list-log";
import type { LogFilter } from "../hooks/log-filter";
import { LogFilters } from "./log-filters";
import { LogPanel } from "./log-panel";
import { LogRow } from "./log-row";

interface ScreenProps {
  filter: LogFilter;
  /** The one that is open. */
  opened: string | null;
  /** Null until they are known. */
  channels: readonly Channel[] | null;
  canSend: boolean;
  onFilter(change: Partial<LogFilter>): void;
  onOpen(message: string | null): void;
}

/** Every message with what became of it; one of them is open beside the list. */
export function LogScreen({ filter, opened, channels, canSend, onFilter, onOpen }: ScreenProps) {
  const found = useLog(filter);
  const items = found.data?.pages.flatMap((page) => page.items);
  const shown = items?.find((line) => line.id === opened);
  const again = () => void found.refetch();

  function sent() {
    notify(t("log.retried"));
    onOpen(null);
  }

  return (
    <div className="flex flex-col gap-4">
      <LogFilters filter={filter} channels={channels ?? []} onFilter={onFilter} />
      {found.isError ? <InlineError title={t("log.failed")} error={found.error} retry={again} /> : null}
      {found.isPending ? <Skeleton rows={8} className="h-16 py-1" /> : null}
      {items?.length === 0 ? <Nothing narrowed={Object.values(filter).some(Boolean)} older={found.hasNextPage} /> : null}
      {items?.length ? (
        <ol aria-label={t("log.list")} className="rounded-card border border-line">
          {items.map((line) => (
            <LogRow key={line.id} line={line} onOpen={() => onOpen(line.id)} />
          ))}
        </ol>
      ) : null}
      {found.hasNextPage ? (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()} className="self-center">
          {t("filter.older")}
        </Button>
      ) : null}
      <Dialog
        open={opened !== null && items !== undefined}
        onOpenChange={(open) => open || onOpen(null)}
        title={shown ? t("log.one") : t("log.gone.title")}
        place="side"
      >
        {shown ? (
          <LogPanel line={shown} number={channels && nameOf(shown, channels)} canSend={canSend} onSent={sent} />
        ) : (
          <p className="text-muted">{t("log.gone.body")}</p>
        )}
      </Dialog>
    </div>
  );
}

const nameOf = (line: LogLine, channels: readonly Channel[]): string =>
  channels.find((one) => one.id === line.channel_id)?.name ?? t("filter.goneNumber");

/** `older`: only the newest were looked through. */
function Nothing({ narrowed, older }: { narrowed: boolean; older: boolean }) {
  if (older) return <EmptyState title={t("log.notYet.title")} body={t("log.notYet.body")} />;
  const [title, body] = narrowed ? (["log.none.title", "log.none.body"] as const) : (["log.empty.title", "log.empty.body"] as const);
  return <EmptyState hanging title={t(title)} body={t(body)} />;
}
