import { useState } from "react";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import type { ScenarioList as Listed } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import { useScenarios } from "../api/list-scenarios";
import { usePlay } from "../hooks/use-play";
import { ScenarioEditor } from "./scenario-editor";
import { ScenarioList } from "./scenario-list";
import { ScenarioRun } from "./scenario-run";

interface PanelProps {
  channel: string;
  mayWrite: boolean;
  /** The open one: an id, a key, or "new". */
  open: string | null;
  onOpen(key: string | null): void;
  onCustomer(id: number): void;
}

const MOST_BYTES = 65_536;

/** Scenarios beside the phone: listed, written, played. */
export function ScenariosPanel(props: PanelProps) {
  const scenarios = useScenarios();
  return (
    <section aria-label={t("scenario.title")} className="flex min-h-0 flex-1 flex-col">
      <header className="border-b border-line px-4 py-2 max-md:sr-only">
        <h2 className="font-semibold">{t("scenario.title")}</h2>
        <p className="text-muted">{t("scenario.lead")}</p>
      </header>
      {scenarios.isError ? <InlineError error={scenarios.error} retry={() => void scenarios.refetch()} /> : null}
      {scenarios.data ? <Shelf listed={scenarios.data} {...props} /> : scenarios.isPending ? <Skeleton rows={6} className="h-12 px-4 py-1" /> : null}
    </section>
  );
}

interface Found {
  id: string | null;
  ready: boolean;
  name: string;
  text: string;
}

function find(listed: Listed, key: string): Found | null {
  if (key === "new") return { id: null, ready: false, name: t("scenario.new"), text: t("scenario.newText") };
  const own = listed.items.find(({ id }) => id === key);
  if (own) return { id: own.id, ready: false, name: own.name, text: own.text };
  const shipped = listed.ready.find((one) => one.key === key);
  return shipped ? { id: null, ready: true, name: shipped.name, text: shipped.text } : null;
}

/** Changed texts are kept while the panel is there, so that going back and forth loses none. */
function Shelf({ listed, channel, mayWrite, open, onOpen, onCustomer }: PanelProps & { listed: Listed }) {
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const play = usePlay(channel, onCustomer);
  const found = open ? find(listed, open) : null;
  const text = (open && drafts[open]) ?? found?.text ?? "";

  const keep = (key: string, draft: string | null) =>
    setDrafts((all) => {
      const { [key]: _, ...rest } = all;
      return draft === null ? rest : { ...rest, [key]: draft };
    });
  async function upload(file: File) {
    if (file.size > MOST_BYTES) return notifyFailure(t("scenario.uploadTooLarge"));
    keep("new", await file.text());
    onOpen("new");
  }
  function start(key: string, saved: string) {
    onOpen(key);
    play.start(drafts[key] ?? saved);
  }
  function back() {
    play.leave();
    onOpen(null);
  }

  if (play.run) return <ScenarioRun play={play} onAgain={() => play.start(text)} onEdit={play.leave} onBack={back} />;
  if (open && !found) return <EmptyState title={t("scenario.gone")} />;
  if (!open || !found) {
    const unsaved = new Set(Object.keys(drafts));
    return <ScenarioList listed={listed} unsaved={unsaved} mayWrite={mayWrite} onOpen={onOpen} onPlay={start} onFile={(file) => void upload(file)} />;
  }
  return (
    <ScenarioEditor
      key={open}
      {...found}
      text={text}
      changed={text !== found.text}
      mayWrite={mayWrite}
      onText={(draft) => keep(open, draft === found.text ? null : draft)}
      onSaved={(id) => {
        keep(open, null);
        onOpen(id);
      }}
      onBack={back}
      onPlay={() => play.start(text)}
    />
  );
}
