import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { applyConversation } from "@/lib/realtime";

/** To a member, or to nobody. */
export function useSetAssignee(conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (assignee_id: string | null) =>
      call(
        api.PUT("/api/v1/conversations/{conversation_id}/assignee", {
          params: { path: { conversation_id: conversationId } },
          body: { assignee_id },
        }),
      ),
    onSuccess: (conversation) => applyConversation(cache, conversation),
  });
}
