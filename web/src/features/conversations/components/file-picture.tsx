import { useState } from "react";
import { Dialog } from "@/components/dialog";
import { InlineError } from "@/components/notice";
import type { Message } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";
import { useFileUrl } from "../api/get-file";
import type { AttachedFile } from "../hooks/message-file";
import { BOX } from "./file-box";
import { SaveLink } from "./save-link";

/** A picture or sticker; a press shows all of it. */
export function FilePicture({ message, file }: { message: Message; file: AttachedFile }) {
  const fetched = useFileUrl(message.id, { wanted: true });
  const url = fetched.data;
  const [open, setOpen] = useState(false);
  const name = file.name ?? tWord("kind", message.kind, t("kind.unknown"));
  const alt = message.text?.trim() || name;
  if (fetched.isError) {
    return (
      <span className={BOX}>
        <InlineError error={fetched.error} retry={() => void fetched.refetch()} />
      </span>
    );
  }
  return (
    <>
      <button type="button" data-testid="message-file" data-state="stored" disabled={!url} onClick={() => setOpen(true)} aria-label={t("file.open", { name: alt })} className={BOX}>
        {url ? <img src={url} alt="" className={message.kind === "sticker" ? "size-full object-contain" : "size-full object-cover"} /> : null}
      </button>
      {url ? (
        <Dialog open={open} onOpenChange={setOpen} title={name}>
          <div className="flex flex-col gap-3">
            <img src={url} alt={alt} className="max-h-[70dvh] max-w-full self-center object-contain" />
            <SaveLink url={url} name={file.name ?? name} />
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
