import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { ChannelPage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useChannels() {
  return useQuery({
    queryKey: keys.channels,
    queryFn: ({ signal }): Promise<ChannelPage> => call(api.GET("/api/v1/channels", { params: { query: { limit: 100 } }, signal })),
  });
}
