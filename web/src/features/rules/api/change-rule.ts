import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Rule, RuleChange } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

interface Change {
  id: string;
  body: RuleChange;
}

/** Painted at once; the server's word follows, also after a failure. */
export function useChangeRule() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: Change) =>
      call(api.PATCH("/api/v1/rules/{rule_id}", { params: { path: { rule_id: id } }, body })),
    onMutate: async ({ id, body }) => {
      if (typeof body.enabled !== "boolean") return;
      const enabled = body.enabled;
      await cache.cancelQueries({ queryKey: keys.rules, exact: true });
      cache.setQueryData<Rule[]>(keys.rules, (all) => all?.map((rule) => (rule.id === id ? { ...rule, enabled } : rule)));
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.rules }),
  });
}
