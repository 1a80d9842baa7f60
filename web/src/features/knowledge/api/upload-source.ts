import { upload } from "@/lib/upload";

interface Upload {
  file: File;
  /** The source whose file is to be replaced; null: a new one. */
  replaces: string | null;
  onProgress(share: number): void;
}

/** Sends a file, telling how far it is. */
export function uploadSource({ file, replaces, onProgress }: Upload): Promise<void> {
  const form = new FormData();
  form.set("file", file);
  return upload(replaces ? "PUT" : "POST", `/api/v1/knowledge/sources${replaces ? `/${replaces}` : ""}`, form, onProgress);
}
