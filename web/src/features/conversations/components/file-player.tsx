import { Play } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { InlineError } from "@/components/notice";
import type { Message } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";
import { formatBytes } from "@/lib/format";
import { useFileUrl } from "../api/get-file";
import type { AttachedFile } from "../hooks/message-file";
import { BOX, LINE } from "./file-box";
import { SaveLink } from "./save-link";

/** A recording or film, brought here when somebody wants to hear or see it. */
export function FilePlayer({ message, file }: { message: Message; file: AttachedFile }) {
  const [wanted, setWanted] = useState(false);
  const [unplayable, setUnplayable] = useState(false);
  const fetched = useFileUrl(message.id, { wanted });
  const url = fetched.data;
  const film = file.shape === "film";
  const what = tWord("kind", message.kind, t("kind.unknown"));
  return (
    <span data-testid="message-file" data-state="stored" className={film ? BOX : LINE}>
      {fetched.isError ? <InlineError error={fetched.error} retry={() => void fetched.refetch()} /> : null}
      {url && unplayable ? (
        <span className="flex flex-wrap items-center gap-2 px-2 text-small">
          {t("file.unplayable")}
          <SaveLink url={url} name={file.name ?? what} />
        </span>
      ) : null}
      {url && !unplayable ? <Player film={film} url={url} label={what} onError={() => setUnplayable(true)} /> : null}
      {url || fetched.isError ? null : (
        <>
          <Button busy={fetched.isFetching} onClick={() => setWanted(true)}>
            <Play size={16} aria-hidden />
            {t("file.play", { what: what.toLowerCase() })}
          </Button>
          {file.size === null ? null : <span className="text-small text-bubble-muted">{formatBytes(file.size)}</span>}
        </>
      )}
    </span>
  );
}

interface PlayerProps {
  film: boolean;
  url: string;
  label: string;
  onError(): void;
}

function Player({ film, url, label, onError }: PlayerProps) {
  return film ? (
    <video controls autoPlay src={url} aria-label={label} onError={onError} className="size-full" />
  ) : (
    <audio controls autoPlay src={url} aria-label={label} onError={onError} className="h-11 w-full" />
  );
}
