import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Demo } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useDemo() {
  return useQuery({
    queryKey: keys.demo,
    queryFn: ({ signal }): Promise<Demo> => call(api.GET("/api/v1/demo", { signal })),
  });
}
