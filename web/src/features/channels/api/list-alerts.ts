import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { AlertPage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

const FRESH_MS = 30_000;
const PAGE = 10;

/** What is wrong with a number now, newest first. */
export function useOpenAlerts(channel: string, { when }: { when: boolean }) {
  return useQuery({
    queryKey: keys.openAlerts(channel),
    enabled: when,
    refetchInterval: FRESH_MS,
    queryFn: async ({ signal }) =>
      (await call(api.GET("/api/v1/alerts", { params: { query: { subject: channel, limit: 200 } }, signal }))).items,
  });
}

/** What is over, newest first, page by page. */
export function usePastAlerts(channel: string) {
  return useInfiniteQuery({
    queryKey: keys.pastAlerts(channel),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<AlertPage> =>
      call(api.GET("/api/v1/alerts", { params: { query: { subject: channel, resolved: true, limit: PAGE, cursor: pageParam } }, signal })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Somebody looks after it, or is done with it. */
export function useAlertAct(channel: string, act: "acknowledge" | "resolve") {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(api.POST(`/api/v1/alerts/{alert_id}/${act}`, { params: { path: { alert_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.alerts(channel) }),
  });
}
