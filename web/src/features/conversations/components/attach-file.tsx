import { Paperclip } from "lucide-react";
import { useRef } from "react";
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
