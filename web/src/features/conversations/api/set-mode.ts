import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Mode } from "@/lib/api/types";
import { applyMode, paintMode } from "@/lib/realtime";

interface Change {
  id: string;
  mode: Mode;
  /** Giving back is taken back, with the call for a person that it ended. */
  undo?: boolean;
  /** One line for the AI; empty takes an earlier one back. */
  hint?: string;
}

const other: Record<Mode, Mode> = { ai: "human", human: "ai" };

/** Who answers: painted at once, confirmed by the server's epoch, painted back when refused. */
export function useSetMode() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, mode, undo = false, hint }: Change) =>
      call(
        api.PUT("/api/v1/conversations/{conversation_id}/mode", {
          params: { path: { conversation_id: id } },
          body: { mode, undo, hint },
        }),
      ),
    onMutate: ({ id, mode }) => paintMode(cache, id, mode),
    onError: (_error, { id, mode, hint }) => {
      if (hint === undefined) paintMode(cache, id, other[mode]);
    },
    onSuccess: ({ mode, epoch }, { id }) => applyMode(cache, { conversation_id: id, mode, epoch }),
  });
}
