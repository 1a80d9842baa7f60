import { useInfiniteQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { AuditPage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

const PAGE = 50;

/** Who did what, newest first; read anew at each visit, since no event tells of it. */
export function useAudit() {
  return useInfiniteQuery({
    queryKey: keys.audit,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<AuditPage> =>
      call(api.GET("/api/v1/audit", { params: { query: { cursor: pageParam, limit: PAGE } }, signal })),
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
}
