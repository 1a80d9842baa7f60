import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { NewCannedReply } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

interface Save {
  /** Null: a new one. */
  id: string | null;
  body: NewCannedReply;
}

export function useSaveCannedReply() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: Save) =>
      id
        ? call(api.PATCH("/api/v1/canned-replies/{canned_reply_id}", { params: { path: { canned_reply_id: id } }, body }))
        : call(api.POST("/api/v1/canned-replies", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.canned }),
  });
}
