/** What is known of the file of a message, read defensively; pure. */
import type { Message } from "@/lib/api/types";

export type FileShape = "picture" | "film" | "sound" | "document";

export interface AttachedFile {
  shape: FileShape;
  /** `absent`: of a message that came before files were fetched. */
  state: "pending" | "stored" | "failed" | "removed" | "absent";
  reason: string | null;
  name: string | null;
  /** In bytes. */
  size: number | null;
  /** How many days it was kept, once it was removed. */
  keptDays: number | null;
}

const SHAPES: Record<string, FileShape> = { image: "picture", sticker: "picture", video: "film", audio: "sound", voice: "sound" };
const STATES = new Set(["pending", "stored", "failed", "removed"]);

/** null: the message has no file. */
export function fileOf({ kind, media }: Message): AttachedFile | null {
  if (!media) return null;
  const { state, reason, filename, size, kept_days: keptDays } = media;
  return {
    shape: SHAPES[kind] ?? "document",
    state: typeof state === "string" && STATES.has(state) ? (state as AttachedFile["state"]) : "absent",
    reason: typeof reason === "string" ? reason : null,
    name: typeof filename === "string" && filename ? filename : null,
    size: typeof size === "number" ? size : null,
    keptDays: typeof keptDays === "number" ? keptDays : null,
  };
}
