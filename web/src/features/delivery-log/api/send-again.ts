import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

/** Sends a failed or held message again; the thread hears of it by its own event. */
export function useSendAgain(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.POST("/api/v1/messages/{message_id}/retry", { params: { path: { message_id: id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.logs }),
  });
}
