import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Message } from "@/lib/api/types";
import { type MessagePages, placeMessage } from "@/lib/conversation-cache";
import { keys } from "@/lib/query-keys";
import { upload } from "@/lib/upload";

export interface NewFile {
  file: File;
  caption: string;
  /** The idempotency key: the same one sent twice is one message. */
  client_id: string;
}

/** Sends a file with words under it, telling how much of it has gone up. */
export function useSendFile(conversationId: string) {
  const cache = useQueryClient();
  const [share, setShare] = useState(0);
  const sending = useMutation({
    mutationFn: ({ file, caption, client_id }: NewFile) => {
      setShare(0);
      const form = new FormData();
      form.set("client_id", client_id);
      if (caption) form.set("caption", caption);
      form.set("file", file);
      return upload<Message>("POST", `/api/v1/conversations/${conversationId}/files`, form, setShare);
    },
    onSuccess: (message) =>
      cache.setQueryData<MessagePages>(keys.messages(conversationId), (data) => data && placeMessage(data, message)),
  });
  return { ...sending, share };
}
