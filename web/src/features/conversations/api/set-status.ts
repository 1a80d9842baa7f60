import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { ConversationStatus } from "@/lib/api/types";
import { applyConversation } from "@/lib/realtime";

interface Change {
  id: string;
  status: ConversationStatus;
  /** When a snoozed conversation wakes. */
  until?: string;
  /** A resolving or snoozing is taken back. */
  undo?: boolean;
}

/** Open, asleep or done: painted when the server has it, so a refused change moves nothing. */
export function useSetStatus() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: Change) =>
      call(
        api.PUT("/api/v1/conversations/{conversation_id}/status", {
          params: { path: { conversation_id: id } },
          body: change,
        }),
      ),
    onSuccess: (conversation) => applyConversation(cache, conversation),
  });
}
