import { useMutation } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";

/** Whatever mentions the reader in a conversation has been seen; the live event changes what is shown. */
export function useSeeMentions(conversationId: string) {
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/v1/conversations/{conversation_id}/mentions/seen", { params: { path: { conversation_id: conversationId } } })),
  });
}
