import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Trace } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** How a message came about: stages with verdicts and milliseconds, and what it cost. */
export function useTrace(messageId: string) {
  return useQuery({
    queryKey: keys.trace(messageId),
    queryFn: ({ signal }): Promise<Trace> =>
      call(api.GET("/api/v1/messages/{message_id}/trace", { params: { path: { message_id: messageId } }, signal })),
  });
}
