import { createStore } from "@/lib/store";

interface HintOffer {
  conversation: string;
  /** Asked for by key: whoever did wants to write at once, and then to go on where they were. */
  asked: boolean;
  opener: Element | null;
}

/** The conversation that was just given back here, while a hint for the AI may be written. */
export const hintOffer = createStore<HintOffer | null>(null);

export function offerHint(conversation: string, asked: boolean): void {
  hintOffer.set({ conversation, asked, opener: document.activeElement });
}
