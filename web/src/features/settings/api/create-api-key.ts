import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { NewApiKey } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useCreateApiKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewApiKey) => call(api.POST("/api/v1/api-keys", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}
