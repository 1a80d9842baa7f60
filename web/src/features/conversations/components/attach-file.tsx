import { Paperclip } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { t } from "@/lib/i18n";
import type { Attachment } from "../hooks/use-attachment";

/** Opens the browser's own choice of a file. */
export function AttachFile({ attachment }: { attachment: Attachment }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="attach-input"
        onChange={(event) => {
          attachment.choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <Button
        aria-label={t("composer.attach")}
        title={t("composer.attach")}
        disabled={attachment.busy}
        onClick={() => input.current?.click()}
        className="h-10 px-2.5 max-md:h-11"
      >
        <Paperclip size={16} aria-hidden />
      </Button>
    </>
  );
}

/** In its place where the provider could not fetch a file: pressed, it says why. */
export function NoFiles() {
  const [told, setTold] = useState(false);
  return (
    <>
      <Button
        aria-label={t("composer.noFiles")}
        aria-expanded={told}
        title={t("composer.unreachable")}
        onClick={() => setTold(!told)}
        className="h-10 px-2.5 opacity-55 max-md:h-11"
      >
        <Paperclip size={16} aria-hidden />
      </Button>
      {told ? (
        <p role="status" className="order-first basis-full text-small text-muted">
          {t("composer.unreachable")}
        </p>
      ) : null}
    </>
  );
}
