import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Conversation } from "@/lib/api/types";
import { knownConversation } from "@/lib/conversation-cache";
import { keys } from "@/lib/query-keys";

/** One conversation; its row in a list stands in until the answer is here. */
export function useConversation(id: string) {
  const cache = useQueryClient();
  return useQuery<Conversation>({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }): Promise<Conversation> =>
      call(api.GET("/api/v1/conversations/{conversation_id}", { params: { path: { conversation_id: id } }, signal })),
    placeholderData: (): Conversation | undefined => knownConversation(cache, id),
  });
}
