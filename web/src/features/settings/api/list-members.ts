import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { allPages } from "@/lib/all-pages";
import type { Member } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useMembers() {
  return useQuery({
    queryKey: keys.members,
    queryFn: ({ signal }): Promise<Member[]> =>
      allPages((cursor) => call(api.GET("/api/v1/members", { params: { query: { cursor, limit: 200 } }, signal }))),
  });
}
