import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { ScenarioList } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useScenarios() {
  return useQuery({
    queryKey: keys.scenarios,
    queryFn: ({ signal }): Promise<ScenarioList> => call(api.GET("/api/v1/scenarios", { signal })),
  });
}
