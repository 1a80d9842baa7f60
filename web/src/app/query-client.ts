import { QueryClient } from "@tanstack/react-query";
import { isTransient } from "@/lib/errors";

/** Cached answers are kept fresh by the live stream, so they do not go stale by age alone. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => isTransient(error) && count < 2,
      },
      // Offline a change fails at once and springs back; only messages wait, in their own outbox.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
