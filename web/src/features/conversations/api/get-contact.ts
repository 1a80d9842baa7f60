import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { ConsentRecord, ContactDetail } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** The person behind a conversation. */
export function useContact(id: string) {
  return useQuery({
    queryKey: keys.contact(id),
    queryFn: ({ signal }): Promise<ContactDetail> =>
      call(api.GET("/api/v1/contacts/{contact_id}", { params: { path: { contact_id: id } }, signal })),
  });
}

/** What they agreed to and withdrew, in their own words. */
export function useConsents(id: string) {
  return useQuery({
    queryKey: keys.consents(id),
    queryFn: ({ signal }): Promise<ConsentRecord> =>
      call(api.GET("/api/v1/contacts/{contact_id}/consents", { params: { path: { contact_id: id } }, signal })),
  });
}
