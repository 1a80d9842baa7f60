import { useMutation } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";

/** A one-time link for a member who cannot sign in; within minutes it also lets them set a password. */
export function useMakeLink(id: string) {
  return useMutation({
    mutationFn: () => call(api.POST("/api/v1/members/{member_id}/link", { params: { path: { member_id: id } } })),
  });
}
