import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { ChannelChange } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useChangeChannel(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ChannelChange) =>
      call(api.PATCH("/api/v1/channels/{channel_id}", { params: { path: { channel_id: id } }, body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.channels }),
  });
}
