import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

const EVERY_MS = 60_000;

/** How the link of a linked device stands, as its gateway says it now. */
export function useConnection(channel: string) {
  return useQuery({
    queryKey: keys.connection(channel),
    queryFn: ({ signal }) => call(api.GET("/api/v1/channels/{channel_id}/connection", { params: { path: { channel_id: channel } }, signal })),
    refetchInterval: EVERY_MS,
    retry: false,
  });
}
