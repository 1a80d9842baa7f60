import { useQuery } from "@tanstack/react-query";
import { allPages } from "@/lib/all-pages";
import { api, call } from "@/lib/api-client";
import type { Source } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** Every source, newest first; their states come live. */
export function useSources() {
  return useQuery({
    queryKey: keys.sources,
    queryFn: ({ signal }): Promise<Source[]> =>
      allPages((cursor) => call(api.GET("/api/v1/knowledge/sources", { params: { query: { cursor, limit: 200 } }, signal }))),
  });
}
