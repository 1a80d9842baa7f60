import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { TemplateExample } from "@/lib/api/types";
import { upload } from "@/lib/upload";

/** Hands an example file to the provider of a number, telling how much of it has gone up. */
export function useUploadExample(channel: string) {
  const [share, setShare] = useState(0);
  const sending = useMutation({
    mutationFn: (file: File) => {
      setShare(0);
      const form = new FormData();
      form.set("channel_id", channel);
      form.set("file", file);
      return upload<TemplateExample>("POST", "/api/v1/templates/examples", form, setShare);
    },
  });
  return { ...sending, share };
}
