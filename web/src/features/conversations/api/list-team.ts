import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { MemberPage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

const teamQuery = queryOptions({
  queryKey: keys.team,
  queryFn: ({ signal }): Promise<MemberPage> => call(api.GET("/api/v1/members", { params: { query: { limit: 200 } }, signal })),
});

/** The colleagues who may answer. */
export function useTeam({ when }: { when: boolean }) {
  return useQuery({
    ...teamQuery,
    enabled: when,
    select: (page) => page.items.filter((member) => !member.disabled && member.role !== "viewer"),
  });
}

/** All colleagues who can read conversations. */
export function useReaders({ when }: { when: boolean }) {
  return useQuery({ ...teamQuery, enabled: when, select: (page) => page.items.filter((member) => !member.disabled) });
}
