import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

const FEW = 20;

/** The newest customers, to try a template with. */
export function useSomeContacts() {
  return useQuery({
    queryKey: keys.templateContacts,
    queryFn: async ({ signal }) => (await call(api.GET("/api/v1/contacts", { params: { query: { limit: FEW } }, signal }))).items,
  });
}
