import { useQuery } from "@tanstack/react-query";
import { dataUrl } from "@/lib/data-url";
import { phoneFile } from "./phone-client";
import { type PhoneAccess, phoneKeys } from "./phone-shapes";

/** The bytes of a picture, a recording or a document, as the emulator keeps them. */
export function useMedia(access: PhoneAccess, id: string) {
  return useQuery({
    queryKey: phoneKeys(access.channel_id).media(id),
    queryFn: async ({ signal }) => {
      const file = await phoneFile(access, `/media/${id}`, signal);
      return { url: await dataUrl(file), size: file.size };
    },
    staleTime: Infinity,
  });
}
