import { FilePlus2, Play, Upload } from "lucide-react";
import { type ChangeEvent, type ReactNode, useRef } from "react";
import { Badge } from "@/components/badge";
import { Button, IconButton } from "@/components/button";
import { Foreign } from "@/components/foreign";
import type { ScenarioList as Listed } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";

interface ListProps {
  listed: Listed;
  /** Those whose text was changed and not saved. */
  unsaved: ReadonlySet<string>;
  mayWrite: boolean;
  onOpen(key: string): void;
  onPlay(key: string, text: string): void;
  onFile(file: File): void;
}

/** The scenarios of the business, then those that come along. */
export function ScenarioList({ listed, unsaved, mayWrite, onOpen, onPlay, onFile }: ListProps) {
  const row = { mayPlay: mayWrite, onOpen, onPlay };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4 max-md:p-3">
      {mayWrite ? <Begin onNew={() => onOpen("new")} onFile={onFile} /> : null}
      <Group title={t("scenario.yours")}>
        {listed.items.length === 0 ? (
          <div className="rounded-card border border-dashed border-control px-4 py-5 text-center">
            <p className="font-medium">{t("scenario.none.title")}</p>
            <p className="mt-1 text-muted">{t("scenario.none.body")}</p>
          </div>
        ) : (
          listed.items.map(({ id, name, text }) => <Row key={id} id={id} name={name} text={text} unsaved={unsaved.has(id)} {...row} />)
        )}
      </Group>
      <Group title={t("scenario.ready")}>
        {listed.ready.map(({ key, name, text, business }) => (
          <Row key={key} id={key} name={name} text={text} business={business} unsaved={unsaved.has(key)} {...row} />
        ))}
      </Group>
    </div>
  );
}

function Begin({ onNew, onFile }: { onNew(): void; onFile(file: File): void }) {
  const picker = useRef<HTMLInputElement>(null);
  function pick({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    target.value = ""; // the same file can be chosen again
    if (file) onFile(file);
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="primary" onClick={onNew}>
        <FilePlus2 size={16} aria-hidden />
        {t("scenario.new")}
      </Button>
      <Button onClick={() => picker.current?.click()}>
        <Upload size={16} aria-hidden />
        {t("scenario.upload")}
      </Button>
      <input ref={picker} type="file" hidden accept=".yaml,.yml,.txt" aria-label={t("scenario.upload")} data-testid="scenario-file" onChange={pick} />
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-small font-medium text-muted">{title}</h3>
      <div className="flex flex-col">{children}</div>
    </section>
  );
}

interface RowProps {
  id: string;
  name: string;
  text: string;
  business?: string;
  unsaved: boolean;
  mayPlay: boolean;
  onOpen(key: string): void;
  onPlay(key: string, text: string): void;
}

function Row({ id, name, text, business = "", unsaved, mayPlay, onOpen, onPlay }: RowProps) {
  return (
    <div data-testid="scenario" className="flex items-center gap-2 border-b border-line last:border-0">
      <button
        type="button"
        aria-label={t("scenario.open", { name })}
        onClick={() => onOpen(id)}
        className="target flex min-w-0 flex-1 items-center gap-2 rounded-card px-2 py-2 text-left hover:bg-surface"
      >
        <Foreign text={name} className="min-w-0 flex-1 truncate" />
        {unsaved ? <Badge tone="doubtful" text={t("scenario.unsaved")} /> : null}
        {business ? <span className="shrink-0 text-small text-muted">{tWord("scenario.business", business, business)}</span> : null}
      </button>
      {mayPlay ? (
        <IconButton label={t("scenario.playNamed", { name })} onClick={() => onPlay(id, text)} className="size-10 max-md:size-11">
          <Play size={16} aria-hidden />
        </IconButton>
      ) : null}
    </div>
  );
}
