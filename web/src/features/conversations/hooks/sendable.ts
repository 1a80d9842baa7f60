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
  { window, mode, sends_files, text_limit }: Conversation,
  attachment: Attachment,
) {
  const written = draft.text.trim() !== "";
  const closed = !window.open && !draft.note;
  const attaches = sends_files && !draft.note && !closed;
  const attached = attaches && attachment.file !== null;
  const over = [...draft.text].length - (draft.note ? LONGEST_NOTE : text_limit);
  return {
    /** Only a template may leave. */
    closed,
    /** null: nothing can be attached here. */
    attachment: attaches ? attachment : null,
    attached,
    /** By how many characters it is too long; negative: so many are left. */
    over,
    /** Sending would interrupt the assistant. */
    interrupts: mode === "ai" && !draft.note && !closed && written,
    ready: !closed && over <= 0 && !attachment.busy && (attached || written),
  };
}
