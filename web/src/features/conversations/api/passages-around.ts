import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Passage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export interface Place {
  source: string;
  passage: string;
  position: number;
}

/** What stands before and after a passage; neither where the source has been read anew since, or is gone. */
export function useAround(place: Place | null) {
  return useQuery({
    queryKey: keys.around(place),
    enabled: place !== null,
    queryFn: async ({ signal }): Promise<{ before?: Passage; after?: Passage }> => {
      const { source = "", passage = "", position = 0 } = place ?? {};
      const path = { source_id: source };
      const { items } = await call(
        api.GET("/api/v1/knowledge/sources/{source_id}/passages", { params: { path, query: { around: position } }, signal }),
      );
      const at = items.findIndex((one) => one.id === passage);
      return at < 0 ? {} : { before: items[at - 1], after: items[at + 1] };
    },
  });
}
