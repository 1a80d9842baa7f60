import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

interface Start {
  channel_id: string;
  phone: string;
}

/** The conversation with whoever has this number; asked again it is the same one. It is in the list once something is said. */
export function useStartConversation() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Start) => call(api.POST("/api/v1/conversations", { body })),
    onSuccess: (conversation) => cache.setQueryData(keys.conversation(conversation.id), conversation),
  });
}
