import { useInfiniteQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { WrongAnswerPage } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

const PAGE = 20;

/** Answers that somebody found wrong, the newest judgement first. */
export function useWrongAnswers(settled: boolean) {
  return useInfiniteQuery({
    queryKey: keys.wrongAnswers(settled),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<WrongAnswerPage> =>
      call(api.GET("/api/v1/judged-answers", { params: { query: { settled, cursor: pageParam, limit: PAGE } }, signal })),
    getNextPageParam: (page) => page.next_cursor,
  });
}
