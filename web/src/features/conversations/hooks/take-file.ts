import type { SyntheticEvent } from "react";
import type { Attachment } from "./use-attachment";

/** What was dropped or pasted, where something can be attached. */
export function takeFile(event: SyntheticEvent, files: FileList, attachment: Attachment | null): void {
  if (!attachment || !files[0]) return;
  event.preventDefault();
  attachment.choose(files[0]);
}
