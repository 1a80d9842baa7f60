import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

export function useRemoveLabel() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(api.DELETE("/api/v1/labels/{label_id}", { params: { path: { label_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.labels }),
  });
}
