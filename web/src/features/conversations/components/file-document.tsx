import { Download, File as FileIcon } from "lucide-react";
import { IconButton } from "@/components/button";
import { Foreign } from "@/components/foreign";
import type { Message } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { formatBytes } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import { save } from "@/lib/save";
import { useTakeFile } from "../api/get-file";
import type { AttachedFile } from "../hooks/message-file";
import { LINE } from "./file-box";

/** A document: its name and size, and a button that saves it. */
export function FileDocument({ message, file }: { message: Message; file: AttachedFile }) {
  const taking = useTakeFile(message.id);
  const name = file.name ?? tWord("kind", message.kind, t("kind.unknown"));

  return (
    <span data-testid="message-file" data-state="stored" className={LINE}>
      <FileIcon size={20} aria-hidden className="shrink-0 text-bubble-muted" />
      <span className="min-w-0 flex-1">
        <Foreign text={name} className="block truncate" />
        {file.size === null ? null : <span className="block text-small text-bubble-muted">{formatBytes(file.size)}</span>}
      </span>
      <IconButton label={t("file.saveNamed", { name })} disabled={taking.isPending}
        onClick={() => taking.mutate(undefined, { onSuccess: (blob) => save(blob, name), onError: (error) => notifyFailure(explain(error)) })}
      >
        <Download size={16} aria-hidden />
      </IconButton>
    </span>
  );
}
