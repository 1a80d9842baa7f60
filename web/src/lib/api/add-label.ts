import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";
import type { NewLabel } from "./types";

/** Without a colour the server chooses the one that is used least. */
export function useAddLabel() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewLabel) => call(api.POST("/api/v1/labels", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.labels }),
  });
}
