import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { TextArea } from "@/components/text-area";
import type { CannedReply } from "@/lib/api/types";
import { VARIABLES } from "@/lib/canned";
import { Conflict, Invalid } from "@/lib/errors";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify } from "@/lib/notify";
import { useSaveCannedReply } from "../api/save-canned-reply";

const FIELDS = ["shortcut", "name", "text"] as const;
type Draft = Record<(typeof FIELDS)[number], string>;
type Faults = Partial<Draft>;

/** What is filled in wrongly, before the server is asked. */
function check({ shortcut, name, text }: Draft): Faults {
  const faults: Faults = {};
  if (!/^\/?[^\s/{}]{1,32}$/.test(shortcut.trim())) faults.shortcut = t(shortcut.trim() ? "canned.shortcutFault" : "canned.needed");
  if (!name.trim()) faults.name = t("canned.needed");
  if (!text.trim()) faults.text = t("canned.needed");
  return faults;
}

function faultsOf(error: unknown): Faults {
  if (error instanceof Conflict && error.code === "shortcut_taken") return { shortcut: explain(error) };
  if (!(error instanceof Invalid)) return {};
  return Object.fromEntries(error.facts.fields.filter(({ field }) => FIELDS.some((one) => one === field)).map(({ field, detail }) => [field, detail]));
}

/** A new canned reply, or another text for one. */
export function CannedForm({ reply, onDone }: { reply: CannedReply | null; onDone(): void }) {
  const save = useSaveCannedReply();
  const [draft, setDraft] = useState<Draft>(reply ?? { shortcut: "", name: "", text: "" });
  const [tried, setTried] = useState(false);
  const said = faultsOf(save.error);
  const faults = tried ? { ...said, ...check(draft) } : said;
  const form = useRef<HTMLFormElement>(null);
  const showFault = () => requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());

  function set(change: Partial<Draft>) {
    if (save.isError) save.reset();
    setDraft({ ...draft, ...change });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (Object.keys(check(draft)).length) return showFault();
    const body = { shortcut: draft.shortcut.trim(), name: draft.name.trim(), text: draft.text.trim() };
    save.mutate({ id: reply?.id ?? null, body }, {
      onSuccess: () => {
        notify(t("canned.saved"));
        onDone();
      },
      onError: showFault,
    });
  }

  return (
    <form ref={form} onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
      <Field
        label={t("canned.shortcut")}
        help={t("canned.shortcutHelp")}
        value={draft.shortcut}
        maxLength={33}
        autoCapitalize="none"
        spellCheck={false}
        error={faults.shortcut}
        onChange={(event) => set({ shortcut: event.target.value })}
      />
      <Field label={t("canned.name")} value={draft.name} maxLength={80} error={faults.name} onChange={(event) => set({ name: event.target.value })} />
      <Words text={draft.text} error={faults.text} onChange={(text) => set({ text })} />
      {save.isError && Object.keys(said).length === 0 ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(save.error)}
        </p>
      ) : null}
      <Button type="submit" look="primary" busy={save.isPending} className="self-start">
        {t(reply ? "action.save" : "canned.create")}
      </Button>
    </form>
  );
}

function Words({ text, error, onChange }: { text: string; error: string | undefined; onChange(text: string): void }) {
  const box = useRef<HTMLDivElement>(null);

  function put(variable: string) {
    const area = box.current?.querySelector("textarea");
    if (!area) return;
    area.focus();
    area.setRangeText(`{{${variable}}}`, area.selectionStart, area.selectionEnd, "end");
    onChange(area.value);
  }

  return (
    <div ref={box} className="flex flex-col gap-2">
      <TextArea label={t("canned.text")} help={t("canned.variablesHelp")} rows={5} value={text} maxLength={4096} error={error} onChange={(event) => onChange(event.target.value)} />
      <div role="group" aria-label={t("canned.variables")} className="flex flex-wrap gap-2">
        {VARIABLES.map((variable) => (
          <Button key={variable} onClick={() => put(variable)}>
            {`{{${variable}}}`}
          </Button>
        ))}
      </div>
    </div>
  );
}
