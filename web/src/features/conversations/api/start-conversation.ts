import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { applyConversation } from "@/lib/realtime";

interface Start {
  channel_id: string;
  phone: string;
}

/** The conversation with whoever has this number; asked again it is the same one. */
export function useStartConversation() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Start) => call(api.POST("/api/v1/conversations", { body })),
    onSuccess: (conversation) => applyConversation(cache, conversation),
  });
}
