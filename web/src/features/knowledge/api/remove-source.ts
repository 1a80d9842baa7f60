import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

export function useRemoveSource() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call(api.DELETE("/api/v1/knowledge/sources/{source_id}", { params: { path: { source_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.sources }),
  });
}
