import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { DemoName } from "@/lib/api/types";

/** Name, hours, rules: everything that is shown may be another one afterwards. */
export function useLoadDemo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (name: DemoName) => call(api.POST("/api/v1/demo", { body: { name } })),
    onSuccess: () => cache.invalidateQueries(),
  });
}
