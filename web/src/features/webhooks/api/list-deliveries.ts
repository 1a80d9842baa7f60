import { useInfiniteQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { DeliveryPage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";
import { toInstant } from "@/lib/span";
import type { DeliveryFilter } from "../hooks/verdicts";

const PAGE = 50;
const FRESH_MS = 10_000;

/** Newest first; no event tells of a webhook, so the first page is asked for again while it is all there is. */
export function useDeliveries({ verdict, channel, from, to }: DeliveryFilter) {
  const query = { verdict, channel_id: channel, from: toInstant(from), to: toInstant(to), limit: PAGE };
  return useInfiniteQuery({
    queryKey: keys.deliveryList(query),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<DeliveryPage> =>
      call(api.GET("/api/v1/deliveries", { params: { query: { ...query, cursor: pageParam } }, signal })),
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : FRESH_MS),
  });
}
