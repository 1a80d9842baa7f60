import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { RedriveFilter, Redriven } from "@/lib/api/types";

export interface Driven {
  deliveries: number;
  items: number;
  refused: Redriven["refused"];
}

/** All of a filter, call by call, as the server takes a bounded number at a time; told after each. */
export function useRedriveAll(onProgress: (sofar: Driven) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (filter: RedriveFilter): Promise<Driven> => {
      let done: Driven = { deliveries: 0, items: 0, refused: [] };
      let cursor: string | null = null;
      do {
        const part: Redriven = await call(api.POST("/api/v1/deliveries/redrive", { body: { ...filter, cursor } }));
        const { deliveries, items, refused } = done;
        done = {
          deliveries: deliveries + part.deliveries,
          items: items + part.items,
          refused: [...refused, ...part.refused],
        };
        onProgress(done);
        cursor = part.next_cursor;
      } while (cursor !== null);
      return done;
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ["deliveries"] }),
  });
}
