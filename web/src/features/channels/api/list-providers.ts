import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

/** What can be connected here, with the form of each; it changes only with an upgrade. */
export function useProviders() {
  return useQuery({
    queryKey: keys.channelProviders,
    queryFn: async ({ signal }) => (await call(api.GET("/api/v1/channel-providers", { signal }))).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
