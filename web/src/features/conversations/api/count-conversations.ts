import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Counts } from "@/lib/api/types";
import { keys, type StatusFilter } from "@/lib/query-keys";

/** How many conversations each tab holds, and how many wait for a person. */
export function useCounts(status: StatusFilter | undefined, label?: string) {
  return useQuery({
    queryKey: keys.counts(status, label),
    queryFn: ({ signal }): Promise<Counts> =>
      call(api.GET("/api/v1/conversations/counts", { params: { query: { status, label_id: label } }, signal })),
    placeholderData: (previous) => previous,
  });
}
