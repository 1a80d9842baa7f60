import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { NewRule } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useAddRule() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewRule) => call(api.POST("/api/v1/rules", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.rules }),
  });
}
