import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Rule } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** The new order shows at once; what the server refuses springs back. */
export function useOrderRules() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (rules: Rule[]) => call(api.PUT("/api/v1/rules/order", { body: { ids: rules.map((rule) => rule.id) } })),
    scope: { id: "rules.order" }, // one after the other: the last order wins
    onMutate: async (rules) => {
      await cache.cancelQueries({ queryKey: keys.rules, exact: true });
      cache.setQueryData<Rule[]>(keys.rules, rules);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.rules }),
  });
}
