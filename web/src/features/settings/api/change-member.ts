import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { MemberChange } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useChangeMember(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: MemberChange) =>
      call(api.PATCH("/api/v1/members/{member_id}", { params: { path: { member_id: id } }, body })),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.me }); // it may have been oneself
      return cache.invalidateQueries({ queryKey: keys.members });
    },
  });
}
