import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { applyConversation } from "@/lib/realtime";

interface Change {
  id: string;
  assignee: string | null;
}

/** To a member, or to nobody. */
export function useSetAssignee() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, assignee }: Change) =>
      call(
        api.PUT("/api/v1/conversations/{conversation_id}/assignee", {
          params: { path: { conversation_id: id } },
          body: { assignee_id: assignee },
        }),
      ),
    onSuccess: (conversation) => applyConversation(cache, conversation),
  });
}
