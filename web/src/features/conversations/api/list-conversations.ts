import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { ConversationPage } from "@/lib/api/types";
import { type ConversationFilter, keys } from "@/lib/query-keys";

const PAGE = 50;

function conversationsQuery(filter: ConversationFilter) {
  return infiniteQueryOptions({
    queryKey: keys.conversationList(filter),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<ConversationPage> =>
      call(api.GET("/api/v1/conversations", { params: { query: { ...filter, cursor: pageParam, limit: PAGE } }, signal })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Conversations by latest activity, fifty a page; a new search keeps the old rows until its answer is here. */
export function useConversations(filter: ConversationFilter) {
  return useInfiniteQuery({ ...conversationsQuery(filter), placeholderData: (previous) => previous });
}
