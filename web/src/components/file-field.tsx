import { File as FileIcon, Upload, X } from "lucide-react";
import { useId, useRef } from "react";
import { t } from "@/lib/i18n";
import { Button } from "./button";
import { Foreign } from "./foreign";

interface FileFieldProps {
  label: string;
  help?: string;
  error?: string | null | undefined;
  /** Of the file that was chosen, or null. */
  name: string | null;
  /** How far it has gone up, from 0 to 1; null: it is not on its way. */
  share?: number | null;
  /** Media types, as the browser's own choice of files takes them. */
  accept: string;
  onChoose(file: File | null): void;
}

/** A labelled choice of one file. */
export function FileField({ label, help, error, name, share = null, accept, onChoose }: FileFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const said = error ? `${id}-error` : help ? `${id}-help` : undefined;
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1">
      <p id={id} className="font-medium">
        {label}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          onChoose(event.target.files?.[0] ?? null);
          event.target.value = "";
        }}
      />
      {name === null ? (
        <Button aria-describedby={said} onClick={() => input.current?.click()} className="self-start">
          <Upload size={16} aria-hidden />
          {t("file.choose")}
        </Button>
      ) : (
        <div className="flex items-center gap-2 rounded-card border border-line bg-surface px-3 py-1">
          <FileIcon size={16} aria-hidden className="shrink-0 text-muted" />
          <span className="min-w-0 flex-1 truncate">
            <Foreign text={name} />
          </span>
          <button
            type="button"
            disabled={share !== null}
            onClick={() => onChoose(null)}
            aria-label={t("file.unchoose", { name })}
            className="target inline-flex size-8 items-center justify-center rounded-full hover:bg-text/8 disabled:opacity-50 max-md:size-11"
          >
            <X size={16} aria-hidden />
          </button>
        </div>
      )}
      {share === null ? null : <progress aria-label={t("file.goingUp")} value={share} className="h-1 w-full accent-accent" />}
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-small text-danger">
          {error}
        </p>
      ) : help ? (
        <p id={`${id}-help`} className="text-small text-muted">
          {help}
        </p>
      ) : null}
    </div>
  );
}
