import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

export function useRemoveRule() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(api.DELETE("/api/v1/rules/{rule_id}", { params: { path: { rule_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.rules }),
  });
}
