import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

export function useReindexSource() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call(api.POST("/api/v1/knowledge/sources/{source_id}/reindex", { params: { path: { source_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.sources }),
  });
}
