import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { markRead } from "@/lib/realtime";

export function useMarkRead(conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(
        api.POST("/api/v1/conversations/{conversation_id}/read", {
          params: { path: { conversation_id: conversationId } },
        }),
      ),
    onMutate: () => markRead(cache, conversationId),
  });
}
