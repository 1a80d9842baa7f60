import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { RuleTrial } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/**
 * What the rules would do with these messages; asked of the very code that answers customers. `asOf` is when the
 * rules were last read: an answer that was under way while they changed belongs to the old ones.
 */
export function useRuleTrial(texts: readonly string[], asOf: number) {
  return useQuery({
    queryKey: keys.ruleTrial(texts, asOf),
    enabled: texts.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<RuleTrial> => call(api.POST("/api/v1/rules/test", { body: { texts: [...texts] }, signal })),
  });
}
