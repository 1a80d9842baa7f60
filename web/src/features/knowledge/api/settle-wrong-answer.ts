import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

/** Somebody has dealt with an answer that was judged wrong, or has not after all. */
export function useSettleWrongAnswer() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, settled }: { id: string; settled: boolean }) =>
      call(api.PUT("/api/v1/judged-answers/{message_id}/settled", { params: { path: { message_id: id } }, body: { settled } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.allWrongAnswers }),
  });
}
