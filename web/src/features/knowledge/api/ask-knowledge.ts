import { useMutation } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";

/** What a customer would be answered, and the passages that were considered; nothing is sent. */
export function useAskKnowledge() {
  return useMutation({
    mutationFn: (question: string) => call(api.POST("/api/v1/knowledge/ask", { body: { question } })),
  });
}
