import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";

export function useRemoveDemo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.DELETE("/api/v1/demo")),
    onSuccess: () => cache.invalidateQueries(),
  });
}
