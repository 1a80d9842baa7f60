import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { NewMember } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** Adds a member; the answer holds the link that lets them in, once. */
export function useInviteMember() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewMember) => call(api.POST("/api/v1/members", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.members }),
  });
}
