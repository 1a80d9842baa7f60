import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Judgement, Trace } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** Null takes one's judgement back. */
export type Thumb = { verdict: Judgement["verdict"]; reason: string } | null;

/** One's own thumb on an answer, in place of the one before. */
export function useJudge(messageId: string) {
  const cache = useQueryClient();
  const params = { path: { message_id: messageId } };
  const path = "/api/v1/messages/{message_id}/judgement";
  return useMutation({
    mutationFn: (thumb: Thumb) => call(thumb ? api.PUT(path, { params, body: thumb }) : api.DELETE(path, { params })),
    onSuccess: ({ items }) =>
      cache.setQueryData<Trace>(keys.trace(messageId), (trace) => trace && { ...trace, judgements: items }),
  });
}
