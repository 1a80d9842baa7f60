import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

/** What was removed a moment ago. */
export function useRestoreSource() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call(api.POST("/api/v1/knowledge/sources/{source_id}/restore", { params: { path: { source_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.sources }),
  });
}
