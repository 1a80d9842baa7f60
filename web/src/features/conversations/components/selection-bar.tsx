import { AlarmClock, Check, ChevronsUp, RotateCcw, Tag, UserRoundPlus, X } from "lucide-react";
import { Button, IconButton } from "@/components/button";
import { cx } from "@/lib/cx";
import { t, tn } from "@/lib/i18n";
import { isOver } from "../hooks/care-acts";
import { useBulkCare } from "../hooks/use-bulk-care";
import type { CareDesk } from "../hooks/use-care-desk";
import type { Selecting } from "../hooks/use-selection";
import { CareDialogs } from "./care-dialogs";

interface BarProps {
  selection: Selecting;
  loaded: number;
  /** Whether the server has more than is loaded. */
  more: boolean;
}

/** What can be done with the selected conversations; below the list, so no row moves when it comes. */
export function SelectionBar({ selection, loaded, more }: BarProps) {
  const { desk, busy, failure, retry } = useBulkCare(selection);
  const { rows } = selection;
  return (
    <div
      role="group"
      aria-label={t("select.bar")}
      data-testid="selection-bar"
      className="@container animate-rise shrink-0 border-t border-line bg-surface px-3 pt-1 pb-2"
    >
      {failure ? (
        <div role="alert" className="mt-1 flex items-center gap-2 rounded-card bg-danger-soft py-1 pr-1 pl-3 text-danger">
          <p className="min-w-0 flex-1">{failure.text}</p>
          <Button look="danger" busy={busy} onClick={retry}>
            {t("select.retry")}
          </Button>
        </div>
      ) : null}
      <div className="flex items-center gap-2">
        <span className="shrink-0 font-medium tabular-nums">{tn("select.count", rows.length)}</span>
        <span className="flex min-w-0 flex-1">
          <Reach all={rows.length === loaded} loaded={loaded} more={more} onAll={selection.all} />
        </span>
        <IconButton label={t("keys.selectNone")} onClick={selection.clear} className="-mr-2 max-md:-mr-3">
          <X size={18} aria-hidden />
        </IconButton>
      </div>
      <Acts desk={desk} busy={busy} />
      <CareDialogs desk={desk} />
    </div>
  );
}

/** A selection reaches no further than what is loaded, and says so. */
function Reach({ all, loaded, more, onAll }: { all: boolean; loaded: number; more: boolean; onAll(): void }) {
  if (all) return more ? <span className="text-small text-muted">{t("select.noFurther")}</span> : null;
  return (
    <Button look="quiet" pad="px-2" className="text-accent!" onClick={onAll}>
      {t(more ? "select.allLoaded" : "select.all", { n: loaded })}
    </Button>
  );
}

/** Resolve where something is to do, Reopen where something is over; four of them and more have no room for pictures. */
function Acts({ desk, busy }: { desk: CareDesk; busy: boolean }) {
  const acts = [
    { text: t("care.resolve"), Icon: Check, run: desk.resolve, fits: !desk.resolved },
    { text: t("care.reopen"), Icon: RotateCcw, run: desk.reopen, fits: desk.rows.some(isOver) },
    { text: t("snooze.do"), Icon: AlarmClock, run: () => desk.ask("snooze"), fits: true },
    { text: t("assign.do"), Icon: UserRoundPlus, run: () => desk.ask("assign"), fits: true },
    { text: t("priority.do"), Icon: ChevronsUp, run: () => desk.ask("priority"), fits: true },
    { text: t("label.do"), Icon: Tag, run: () => desk.ask("label"), fits: true },
  ].filter(({ fits }) => fits);
  return (
    <div className="flex flex-wrap gap-1.5">
      {acts.map(({ text, Icon, run }) => (
        <Button key={text} busy={busy} pad="px-2" className="flex-auto" onClick={run}>
          <Icon size={16} aria-hidden className={cx(acts.length > 3 && "@max-[26rem]:hidden")} />
          {text}
        </Button>
      ))}
    </div>
  );
}
