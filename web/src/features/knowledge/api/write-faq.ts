import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

interface Faq {
  name: string;
  faq: { question: string; answer: string }[];
}

/** Questions with their answers, typed in instead of uploaded. */
export function useWriteFaq() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Faq) => call(api.POST("/api/v1/knowledge/sources", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.sources }),
  });
}
