import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

/** Asks the server to try the whole way: credentials, number, subscription, webhook, a signed event. */
export function useTestChannel(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.POST("/api/v1/channels/{channel_id}/test", { params: { path: { channel_id: id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.channels }),
  });
}
