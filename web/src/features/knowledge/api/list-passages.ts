import { useQuery } from "@tanstack/react-query";
import { allPages } from "@/lib/all-pages";
import { api, call } from "@/lib/api-client";
import type { Passage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** What a source was cut into, in its order. */
export function usePassages(source: string) {
  return useQuery({
    queryKey: keys.passages(source),
    queryFn: ({ signal }): Promise<Passage[]> =>
      allPages((cursor) =>
        call(
          api.GET("/api/v1/knowledge/sources/{source_id}/passages", {
            params: { path: { source_id: source }, query: { cursor, limit: 200 } },
            signal,
          }),
        ),
      ),
  });
}
