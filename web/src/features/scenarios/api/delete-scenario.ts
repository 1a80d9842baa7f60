import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

export function useDeleteScenario() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(api.DELETE("/api/v1/scenarios/{scenario_id}", { params: { path: { scenario_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.scenarios }),
  });
}
