import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { allPages } from "@/lib/all-pages";
import type { Rule } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** Every rule, in the order in which they are tried. */
export function useRules() {
  return useQuery({
    queryKey: keys.rules,
    queryFn: ({ signal }): Promise<Rule[]> =>
      allPages((cursor) => call(api.GET("/api/v1/rules", { params: { query: { cursor, limit: 200 } }, signal }))),
  });
}
