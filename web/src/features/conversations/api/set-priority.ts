import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Priority } from "@/lib/api/types";
import { applyConversation } from "@/lib/realtime";

interface Change {
  id: string;
  priority: Priority;
}

/** How urgent it is. */
export function useSetPriority() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, priority }: Change) =>
      call(
        api.PUT("/api/v1/conversations/{conversation_id}/priority", {
          params: { path: { conversation_id: id } },
          body: { priority },
        }),
      ),
    onSuccess: (conversation) => applyConversation(cache, conversation),
  });
}
