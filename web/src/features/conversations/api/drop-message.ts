import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { type MessagePages, placeMessage } from "@/lib/conversation-cache";
import { keys } from "@/lib/query-keys";

/** Gives up a held message: it stays in the thread and is never sent. */
export function useDropMessage() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call(api.POST("/api/v1/messages/{message_id}/drop", { params: { path: { message_id: id } } })),
    onSuccess: (message) =>
      cache.setQueryData<MessagePages>(keys.messages(message.conversation_id), (data) => data && placeMessage(data, message)),
  });
}
