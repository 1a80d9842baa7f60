import { useRef, useState } from "react";
import { useSendFile } from "../api/send-file";

/** A file chosen to be sent: kept until the server has it, so that a failure costs nobody another search. */
export function useAttachment(conversationId: string) {
  const [file, setFile] = useState<File | null>(null);
  const clientId = useRef("");
  const sending = useSendFile(conversationId);

  function choose(chosen: File | null | undefined): void {
    if (sending.isPending) return;
    clientId.current = crypto.randomUUID();
    sending.reset();
    setFile(chosen ?? null);
  }

  /** `sent` is called when the server has it. */
  function send(caption: string, sent: () => void): void {
    if (!file || sending.isPending) return;
    sending.mutate(
      { file, caption, client_id: clientId.current },
      {
        onSuccess: () => {
          setFile(null);
          sent();
        },
      },
    );
  }

  return { file, choose, send, busy: sending.isPending, share: sending.share, error: sending.error };
}

export type Attachment = ReturnType<typeof useAttachment>;
