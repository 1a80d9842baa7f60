import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { MemberPage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** The colleagues who may answer. */
export function useTeam({ when }: { when: boolean }) {
  return useQuery({
    queryKey: keys.team,
    enabled: when,
    queryFn: ({ signal }): Promise<MemberPage> => call(api.GET("/api/v1/members", { params: { query: { limit: 200 } }, signal })),
    select: (page) => page.items.filter((member) => !member.disabled && member.role !== "viewer"),
  });
}
