import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

const EVERY_MS = 5_000;

/** Whether a phone is linked, and the code of the moment while it is not: asked until it is, or `live` ends. */
export function usePairing(channel: string, { live }: { live: boolean }) {
  return useQuery({
    queryKey: keys.pairing(channel),
    queryFn: ({ signal }) => call(api.GET("/api/v1/channels/{channel_id}/pairing", { params: { path: { channel_id: channel } }, signal })),
    refetchInterval: ({ state }) => (live && (state.data?.state === "code" || state.data?.state === "later") ? EVERY_MS : false),
    gcTime: 0, // the code is a secret
    retry: false,
  });
}
