import { ArrowLeft, Download, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { InlineError } from "@/components/notice";
import { TextArea } from "@/components/text-area";
import { Invalid } from "@/lib/errors";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { save as saveFile } from "@/lib/save";
import { useDeleteScenario } from "../api/delete-scenario";
import { useSaveScenario } from "../api/save-scenario";

interface EditorProps {
  /** Null: it is not kept yet. */
  id: string | null;
  /** One that comes along: saving makes a copy. */
  ready: boolean;
  name: string;
  text: string;
  changed: boolean;
  mayWrite: boolean;
  onText(text: string): void;
  onSaved(id: string): void;
  onBack(): void;
  onPlay(): void;
}

const MOST = 65_536;

function download(name: string, text: string): void {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  saveFile(new Blob([text], { type: "application/yaml" }), `${plain || "scenario"}.yaml`);
}

/** The text of one scenario; what is wrong in it is told by line. */
export function ScenarioEditor({ id, ready, name, text, changed, mayWrite, onText, onSaved, onBack, onPlay }: EditorProps) {
  const save = useSaveScenario();
  const [deleting, setDeleting] = useState(false);
  const store = () =>
    save.mutate(
      { id, text },
      {
        onSuccess: (saved) => {
          notify(t("scenario.saved"));
          onSaved(saved.id);
        },
      },
    );
  return (
    <div className="relative flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4 max-md:p-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button look="quiet" onClick={onBack}>
          <ArrowLeft size={16} aria-hidden />
          <span className="max-md:sr-only">{t("scenario.back")}</span>
        </Button>
        <span className="flex-1" />
        <IconButton label={t("scenario.download")} onClick={() => download(name, text)} className="size-10 max-md:size-11">
          <Download size={16} aria-hidden />
        </IconButton>
        {id && mayWrite ? (
          <IconButton label={t("scenario.delete")} onClick={() => setDeleting(true)} className="size-10 max-md:size-11">
            <Trash2 size={16} aria-hidden />
          </IconButton>
        ) : null}
        {mayWrite ? (
          <>
            <Button onClick={store} busy={save.isPending} disabled={!changed && !ready && id !== null}>
              {t(ready ? "scenario.saveCopy" : "scenario.save")}
            </Button>
            <Button look="primary" onClick={onPlay}>
              <Play size={16} aria-hidden />
              {t("scenario.play")}
            </Button>
          </>
        ) : null}
      </div>
      {save.isError ? <Wrong error={save.error} /> : null}
      <TextArea
        label={t("scenario.text")}
        help={t("scenario.textHelp")}
        className="min-h-80 flex-1 [&_textarea]:flex-1 [&_textarea]:resize-none [&_textarea]:font-mono [&_textarea]:!text-small max-md:[&_textarea]:!text-body"
        spellCheck={false}
        maxLength={MOST}
        readOnly={!mayWrite}
        data-testid="scenario-text"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      {id ? <DeleteDialog id={id} name={name} open={deleting} onClose={() => setDeleting(false)} onDone={onBack} /> : null}
    </div>
  );
}

/** Each mistake with its line; any other failure in one sentence. */
export function Wrong({ error }: { error: unknown }) {
  const fields = error instanceof Invalid ? error.facts.fields : [];
  if (fields.length === 0) return <InlineError error={error} />;
  return (
    <div role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
      <p className="font-medium">{t("scenario.wrong")}</p>
      <ul className="mt-1 flex flex-col gap-1">
        {fields.map(({ field, detail }, at) => (
          <li key={at}>
            <span className="font-medium">{t("scenario.line", { n: field.replace(/\D/g, "") })}</span>: {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface DeleteProps {
  id: string;
  name: string;
  open: boolean;
  onClose(): void;
  onDone(): void;
}

function DeleteDialog({ id, name, open, onClose, onDone }: DeleteProps) {
  const remove = useDeleteScenario();
  const confirm = () =>
    remove.mutate(id, {
      onSuccess: () => {
        notify(t("scenario.deleted"));
        onDone();
      },
      onError: (error) => notifyFailure(explain(error)),
    });
  return (
    <Confirm
      open={open}
      title={t("scenario.delete.title", { name })}
      body={t("scenario.delete.body")}
      deed={t("scenario.delete")}
      busy={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
