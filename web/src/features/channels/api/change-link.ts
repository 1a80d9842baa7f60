import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

/** Ends the link of a phone, or has its gateway connect again. */
export function useChangeLink(id: string) {
  const cache = useQueryClient();
  const params = { params: { path: { channel_id: id } } };
  return useMutation({
    mutationFn: (change: "logout" | "reconnect") =>
      change === "logout" ? call(api.POST("/api/v1/channels/{channel_id}/logout", params)) : call(api.POST("/api/v1/channels/{channel_id}/reconnect", params)),
    onSettled: async () => {
      await Promise.all([keys.channels, keys.connection(id), keys.pairing(id)].map((queryKey) => cache.invalidateQueries({ queryKey })));
    },
  });
}
