import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";
import type { Label } from "./types";

/** The labels of the team, by name. */
export function useLabels() {
  return useQuery({
    queryKey: keys.labels,
    queryFn: async ({ signal }): Promise<Label[]> => (await call(api.GET("/api/v1/labels", { signal }))).items,
  });
}
