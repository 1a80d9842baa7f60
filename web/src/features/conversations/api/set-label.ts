import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { applyConversation } from "@/lib/realtime";

interface Change {
  id: string;
  label: string;
  on: boolean;
}

/** On a conversation, or off it. */
export function useSetLabel() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, label, on }: Change) => {
      const params = { path: { conversation_id: id, label_id: label } };
      const path = "/api/v1/conversations/{conversation_id}/labels/{label_id}";
      return call(on ? api.PUT(path, { params }) : api.DELETE(path, { params }));
    },
    onSuccess: (conversation) => applyConversation(cache, conversation),
  });
}
