import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { allPages } from "@/lib/all-pages";
import type { ApiKey } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useApiKeys() {
  return useQuery({
    queryKey: keys.apiKeys,
    queryFn: ({ signal }): Promise<ApiKey[]> =>
      allPages((cursor) => call(api.GET("/api/v1/api-keys", { params: { query: { cursor, limit: 200 } }, signal }))),
  });
}
