/** A file of the person at the screen as a customer would send it: its kind by what it is, its bytes in base64. */
import type { CustomerDraft } from "../api/send-as-customer";
import { dataUrl } from "@/lib/data-url";

/** The emulator takes no more. */
export const MOST_BYTES = 5_000_000;

const KINDS = ["image", "video", "audio"] as const;

function kindOf(mime: string): string {
  return KINDS.find((kind) => mime.startsWith(`${kind}/`)) ?? "document";
}

export async function draftOf(file: File): Promise<CustomerDraft> {
  const mime_type = file.type || "application/octet-stream";
  return { kind: kindOf(mime_type), content: { data: (await dataUrl(file)).split(",")[1] ?? "", mime_type, filename: file.name } };
}
