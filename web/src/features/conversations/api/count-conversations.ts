import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Counts } from "@/lib/api/types";
import { keys, type CountsFilter } from "@/lib/query-keys";

/** How many conversations each tab holds, and how many wait for a person. */
export function useCounts(filter: CountsFilter) {
  return useQuery({
    queryKey: keys.counts(filter),
    queryFn: ({ signal }): Promise<Counts> =>
      call(api.GET("/api/v1/conversations/counts", { params: { query: filter }, signal })),
    placeholderData: (previous) => previous,
  });
}
