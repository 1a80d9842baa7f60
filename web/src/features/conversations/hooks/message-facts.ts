/** What a message that is more than words carries, read defensively: providers say more than they promise. */
import type { Message } from "@/lib/api/types";

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** A file's name, a place's coordinates: the line under the kind. */
export function factOf({ content, media }: Message): string | null {
  const file = text(media?.filename);
  if (file) return file;
  const { latitude, longitude } = content ?? {};
  return typeof latitude === "number" && typeof longitude === "number" ? `${latitude}, ${longitude}` : null;
}
