import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Message } from "@/lib/api/types";
import { type MessagePages, placeMessage } from "@/lib/conversation-cache";
import { keys } from "@/lib/query-keys";
import { upload } from "@/lib/upload";
import { type NewTemplateMessage, sendMessage } from "./send-message";

/** Sent at once, with a file for its header if there is one: whoever chose it is there to mend what is refused. */
export function useSendTemplate(conversationId: string) {
  const cache = useQueryClient();
  const [share, setShare] = useState(0);
  const sending = useMutation({
    mutationFn: ({ message, file }: { message: NewTemplateMessage; file: File | null }) => {
      setShare(0);
      return file ? upload<Message>("POST", `/api/v1/conversations/${conversationId}/files`, formOf(message, file), setShare) : sendMessage(message);
    },
    onSuccess: (message) =>
      cache.setQueryData<MessagePages>(keys.messages(conversationId), (data) => data && placeMessage(data, message)),
  });
  return { ...sending, share };
}

function formOf({ client_id, content }: NewTemplateMessage, file: File): FormData {
  const form = new FormData();
  form.set("client_id", client_id);
  form.set("template", JSON.stringify(content));
  form.set("file", file);
  return form;
}
