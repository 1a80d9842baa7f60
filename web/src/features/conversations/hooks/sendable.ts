/** What the composer may do with what is in it; pure. */
import type { Conversation } from "@/lib/api/types";
import type { Draft } from "./use-draft";

/** The most characters of a note, which nobody but us keeps. */
const LONGEST_NOTE = 4096;

interface Chosen {
  file: File | null;
  busy: boolean;
}

export function sendable<Attachment extends Chosen>(
  draft: Draft,
  conversation: Conversation,
  attachment: Attachment,
  /** Providers reach this installation. */
  reachable: boolean,
) {
  const { window, mode, text_limit } = conversation;
  const written = draft.text.trim() !== "";
  const closed = !window.open && !draft.note;
  const files = draft.note || closed ? "none" : taken(conversation, reachable);
  const attaches = files === "taken";
  const attached = attaches && attachment.file !== null;
  const over = [...draft.text].length - (draft.note ? LONGEST_NOTE : text_limit);
  return {
    /** Only a template may leave. */
    closed,
    /** null: nothing can be attached here. */
    attachment: attaches ? attachment : null,
    /** A file could be attached if its provider could fetch it here. */
    unreachable: files === "unreachable",
    attached,
    /** By how many characters it is too long; negative: so many are left. */
    over,
    /** It can be sent all the same, as several messages. */
    splits: over > 0 && ![closed, draft.note, attached].some(Boolean),
    /** Sending would interrupt the assistant. */
    interrupts: mode === "ai" && !draft.note && !closed && written,
    ready: !closed && over <= 0 && !attachment.busy && (attached || written),
  };
}

/** Whether a file of our own can leave here. */
export function taken({ sends_files, fetches_files }: Conversation, reachable: boolean): "taken" | "unreachable" | "none" {
  if (!sends_files) return "none";
  return fetches_files && !reachable ? "unreachable" : "taken";
}
