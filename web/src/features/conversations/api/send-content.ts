import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type MessagePages, placeMessage } from "@/lib/conversation-cache";
import { keys } from "@/lib/query-keys";
import { type NewContentMessage, sendMessage } from "./send-message";

/** Sent at once: whoever filled it in is there to mend what is refused. */
export function useSendContent(conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (message: NewContentMessage) => sendMessage(message),
    onSuccess: (message) =>
      cache.setQueryData<MessagePages>(keys.messages(conversationId), (data) => data && placeMessage(data, message)),
  });
}
