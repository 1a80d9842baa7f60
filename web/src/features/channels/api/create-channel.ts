import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { NewChannel } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useCreateChannel() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewChannel) => call(api.POST("/api/v1/channels", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.channels }),
  });
}
