import { useQuery } from "@tanstack/react-query";
import { allPages } from "@/lib/all-pages";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";
import type { Template, TemplateChannel } from "./types";

/** Every template of a number's account, by name and language; without a number those of all. */
export function useTemplates(channel: string | undefined, { when = true }: { when?: boolean } = {}) {
  return useQuery({
    queryKey: keys.templates(channel),
    enabled: when,
    queryFn: ({ signal }): Promise<Template[]> =>
      allPages((cursor) =>
        call(api.GET("/api/v1/templates", { params: { query: { channel_id: channel, cursor, limit: 200 } }, signal })),
      ),
  });
}

/** The numbers whose provider reviews templates, each with how asking for them went. */
export function useTemplateChannels({ when = true }: { when?: boolean } = {}) {
  return useQuery({
    queryKey: keys.templateChannels,
    enabled: when,
    queryFn: async ({ signal }): Promise<TemplateChannel[]> => (await call(api.GET("/api/v1/template-channels", { signal }))).items,
  });
}
