import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { ContactMerge, ListedContact } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";
import { readPeopleAnew } from "@/lib/realtime";

/** Who became part of a contact, the newest first. */
export function useMerges(id: string) {
  return useQuery({
    queryKey: keys.merges(id),
    queryFn: async ({ signal }): Promise<ContactMerge[]> =>
      (await call(api.GET("/api/v1/contacts/{contact_id}/merges", { params: { path: { contact_id: id } }, signal }))).items,
  });
}

/** The newest contacts, or those that the words find. */
export function useContactSearch(words: string) {
  return useQuery({
    queryKey: keys.contactSearch(words),
    queryFn: async ({ signal }): Promise<ListedContact[]> =>
      (await call(api.GET("/api/v1/contacts", { params: { query: { ...(words ? { q: words } : {}), limit: 20 } }, signal }))).items,
    placeholderData: (before) => before,
  });
}

function useChange<Given>(change: (given: Given) => Promise<ContactMerge>) {
  const cache: QueryClient = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => readPeopleAnew(cache) });
}

/** The other contact becomes part of this one. */
export function useMergeContacts(id: string) {
  return useChange((other: string) =>
    call(api.POST("/api/v1/contacts/{contact_id}/merge", { params: { path: { contact_id: id } }, body: { contact_id: other } })),
  );
}

/** Each has again what was theirs. */
export function useUndoMerge(id: string) {
  return useChange((merge: string) =>
    call(api.POST("/api/v1/contacts/{contact_id}/merges/{merge_id}/undo", { params: { path: { contact_id: id, merge_id: merge } } })),
  );
}
