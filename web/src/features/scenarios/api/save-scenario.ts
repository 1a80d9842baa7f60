import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Scenario } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

interface Draft {
  /** Null: a new one. */
  id: string | null;
  text: string;
}

function save({ id, text }: Draft): Promise<Scenario> {
  if (id === null) return call(api.POST("/api/v1/scenarios", { body: { text } }));
  return call(api.PUT("/api/v1/scenarios/{scenario_id}", { params: { path: { scenario_id: id } }, body: { text } }));
}

export function useSaveScenario() {
  const cache = useQueryClient();
  return useMutation({ mutationFn: save, onSuccess: () => cache.invalidateQueries({ queryKey: keys.scenarios }) });
}
