import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { ConversationPage } from "@/lib/api/types";

interface Person {
  phone: string | null;
  /** Any other identity, for one who has no phone number. */
  identity: string;
}

/** The conversation of one person on one channel; while there is none yet it is asked for again. */
export function useConversationOf(person: Person | null, channelId: string) {
  return useQuery({
    queryKey: ["conversations", "of", person?.phone ?? person?.identity ?? null, channelId],
    enabled: person !== null,
    queryFn: async ({ signal }): Promise<string | null> => {
      const query = person?.phone ? { phone: person.phone } : { limit: 50 };
      const page: ConversationPage = await call(api.GET("/api/v1/conversations", { params: { query }, signal }));
      const mine = page.items.filter((row) => row.channel_id === channelId);
      const found = mine.find(
        (row) => person?.phone || row.contact.identities.some((identity) => identity.value === person?.identity),
      );
      return found?.id ?? null;
    },
    refetchInterval: ({ state }) => (state.data ? false : 1_500),
  });
}
