import { useInfiniteQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { LogPage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";
import { toInstant } from "@/lib/span";
import type { LogFilter } from "../hooks/log-filter";

const PAGE = 50;
const FRESH_MS = 5_000;

/** Newest first. Where a message stands changes by the second, so the first page is asked for again while it is all there is. */
export function useLog({ state, action, direction, channel, phone, reason, from, to }: LogFilter) {
  const span = { from: toInstant(from), to: toInstant(to) };
  const query = { state, action, direction, channel_id: channel, phone, reason, ...span, limit: PAGE };
  return useInfiniteQuery({
    queryKey: keys.log(query),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<LogPage> =>
      call(api.GET("/api/v1/messages", { params: { query: { ...query, cursor: pageParam } }, signal })),
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
    refetchInterval: ({ state: known }) => (known.data && known.data.pages.length > 1 ? false : FRESH_MS),
  });
}
