import { MessageCircleQuestion } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import type { Source } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useSources } from "../api/list-sources";
import { useSettleWithUndo } from "../hooks/use-settle";
import { AskBox } from "./ask-box";
import { FaqForm, type Pair } from "./faq-form";
import { PassageList } from "./passage-list";
import { SourceDrop } from "./source-drop";
import { SourceRow } from "./source-row";

interface ScreenProps {
  /** The source whose passages are shown, and the one of them that is marked. */
  opened: string | null;
  passage: string | null;
  /** What the form for questions begins with; null while it is closed. */
  writing: Pair | null;
  /** The answer that this one is written in place of, because somebody found it wrong. */
  judged: string | null;
  canChange: boolean;
  onOpen(source: string | null, passage?: string): void;
  onWrite(open: boolean): void;
  /** What stands below the sources and the tester. */
  children: ReactNode;
}

export function KnowledgeScreen({ opened, passage, writing, judged, canChange, onOpen, onWrite, children }: ScreenProps) {
  const sources = useSources();
  const settle = useSettleWithUndo();
  if (sources.isError && !sources.data) {
    return <InlineError title={t("knowledge.failed")} error={sources.error} retry={() => void sources.refetch()} />;
  }
  const written = () => {
    if (judged) settle(judged, true);
    onWrite(false);
  };
  const shown = sources.data?.find((source) => source.id === opened);
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem] xl:grid-rows-[auto_1fr]">
      <div className="flex min-w-0 flex-col gap-4">
        {canChange ? <SourceDrop known={sources.data ?? []} /> : <p className="rounded-card bg-surface px-3 py-2 text-muted">{t("knowledge.readOnly")}</p>}
        {canChange ? (
          <Button className="self-start" onClick={() => onWrite(true)}>
            <MessageCircleQuestion size={16} aria-hidden />
            {t("faq.add")}
          </Button>
        ) : null}
        <SourceList sources={sources.data} canChange={canChange} onOpen={onOpen} />
      </div>
      <div hidden={!sources.data} className="min-w-0 xl:sticky xl:top-0 xl:row-span-2">
        <AskBox onOpen={onOpen} />
      </div>
      <div hidden={!sources.data} className="min-w-0">
        {children}
      </div>
      <Dialog
        open={opened !== null && sources.data !== undefined}
        onOpenChange={(open) => open || onOpen(null)}
        title={shown?.name ?? t("knowledge.gone.title")}
        place="side"
      >
        {shown ? <PassageList source={shown.id} marked={passage} /> : <p className="text-muted">{t("knowledge.gone.body")}</p>}
      </Dialog>
      <Dialog open={writing !== null && canChange} onOpenChange={(open) => open || onWrite(false)} title={t("faq.title")} description={t("faq.lead")}>
        <FaqForm first={writing ?? undefined} onDone={written} />
      </Dialog>
    </div>
  );
}

interface ListProps {
  /** Undefined while they are fetched. */
  sources: Source[] | undefined;
  canChange: boolean;
  onOpen(source: string): void;
}

function SourceList({ sources, canChange, onOpen }: ListProps) {
  if (!sources) return <Skeleton rows={4} className="h-16 py-1" />;
  if (sources.length === 0) return <EmptyState title={t("knowledge.empty.title")} body={t("knowledge.empty.body")} />;
  return (
    <ul aria-label={t("knowledge.sources")} className="rounded-card border border-line">
      {sources.map((source) => (
        <SourceRow key={source.id} source={source} canChange={canChange} onOpen={() => onOpen(source.id)} />
      ))}
    </ul>
  );
}
