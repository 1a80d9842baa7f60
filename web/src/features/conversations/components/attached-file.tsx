import { File as FileIcon, X } from "lucide-react";
import { Foreign } from "@/components/foreign";
import { explain } from "@/lib/explain";
import { formatBytes } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { Attachment } from "../hooks/use-attachment";

/** The file that the next press of Send takes along: its name and size, how far it is, why it was refused. */
export function AttachedFile({ attachment }: { attachment: Attachment }) {
  const { file, busy, share, error } = attachment;
  if (!file) return null;
  return (
    <div data-testid="attached" className="mb-2 flex flex-col gap-1 rounded-card border border-line bg-surface px-3 py-2">
      <div className="flex items-center gap-2">
        <FileIcon size={16} aria-hidden className="shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate">
          <Foreign text={file.name} />
        </span>
        <span className="text-small text-muted">{formatBytes(file.size)}</span>
        <button
          type="button"
          disabled={busy}
          onClick={() => attachment.choose(null)}
          aria-label={t("composer.detach", { name: file.name })}
          className="target inline-flex size-8 items-center justify-center rounded-full hover:bg-text/8 disabled:opacity-50 max-md:size-11"
        >
          <X size={16} aria-hidden />
        </button>
      </div>
      {busy ? <progress aria-label={t("composer.sendingFile")} value={share} className="h-1 w-full accent-accent" /> : null}
      {error ? (
        <p role="alert" className="text-small text-danger">
          {explain(error)}
        </p>
      ) : null}
    </div>
  );
}
