import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

/** Asks the provider of each of these numbers, one after the other; how many templates there are now. */
export function useSyncTemplates() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (channels: readonly string[]): Promise<number> => {
      let total = 0;
      for (const channel_id of channels) total += (await call(api.POST("/api/v1/templates/sync", { body: { channel_id } }))).total;
      return total;
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.allTemplates }),
  });
}
