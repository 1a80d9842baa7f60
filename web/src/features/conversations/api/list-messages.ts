import { useInfiniteQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { MessagePage } from "@/lib/api/types";
import { keepForward, type MessagePages } from "@/lib/conversation-cache";
import { keys } from "@/lib/query-keys";

const PAGE = 50;
/** Whoever reads back reads on. */
const OLDER = 100;

/** A conversation's messages, newest first; further pages are older. */
export function useMessages(conversationId: string) {
  return useInfiniteQuery({
    queryKey: keys.messages(conversationId),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<MessagePage> =>
      call(
        api.GET("/api/v1/conversations/{conversation_id}/messages", {
          params: { path: { conversation_id: conversationId }, query: { cursor: pageParam, limit: pageParam ? OLDER : PAGE } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
    structuralSharing: (old, fresh) => keepForward(old as MessagePages | undefined, fresh as MessagePages),
  });
}
