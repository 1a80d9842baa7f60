import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

export function useRemoveCannedReply() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call(api.DELETE("/api/v1/canned-replies/{canned_reply_id}", { params: { path: { canned_reply_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.canned }),
  });
}
