import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

export function useDeleteChannel(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.DELETE("/api/v1/channels/{channel_id}", { params: { path: { channel_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.channels }),
  });
}
