import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";
import type { CannedReply } from "./types";

/** The canned replies of the team, by shortcut. */
export function useCannedReplies({ when = true } = {}) {
  return useQuery({
    queryKey: keys.canned,
    queryFn: async ({ signal }): Promise<CannedReply[]> => (await call(api.GET("/api/v1/canned-replies", { signal }))).items,
    enabled: when,
  });
}
