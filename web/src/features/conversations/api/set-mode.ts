import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Mode } from "@/lib/api/types";
import { applyMode, paintMode } from "@/lib/realtime";

const other: Record<Mode, Mode> = { ai: "human", human: "ai" };

/** Who answers: painted at once, confirmed by the server's epoch, painted back when refused. */
export function useSetMode(conversationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (mode: Mode) =>
      call(
        api.PUT("/api/v1/conversations/{conversation_id}/mode", {
          params: { path: { conversation_id: conversationId } },
          body: { mode },
        }),
      ),
    onMutate: (mode) => paintMode(cache, conversationId, mode),
    onError: (_error, mode) => paintMode(cache, conversationId, other[mode]),
    onSuccess: ({ mode, epoch }) => applyMode(cache, { conversation_id: conversationId, mode, epoch }),
  });
}
