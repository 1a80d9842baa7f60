import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { LabelChange } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

interface Change {
  id: string;
  body: LabelChange;
}

export function useChangeLabel() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: Change) =>
      call(api.PATCH("/api/v1/labels/{label_id}", { params: { path: { label_id: id } }, body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.labels }),
  });
}
