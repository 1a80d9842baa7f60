/** Short notices; the code that shows them is fetched by the first one. */
import type { ExternalToast } from "sonner";
import { t } from "./i18n";
import { createStore } from "./store";

interface Notice extends Pick<ExternalToast, "description" | "duration"> {
  /** A notice takes the place of the one before it about the same thing. */
  about?: string;
  /** Takes back what was just done; the key Z does it too. */
  undo?: () => void;
}

/** True from the first notice on; app/app.tsx then puts their place on screen. */
export const noticesWanted = createStore(false);
/** What Z would take back. */
export const lastUndo = createStore<(() => void) | null>(null);

/** The last notice about each thing. A fresh one is put up: sonner loses news of one that is just going. */
const standing = new Map<string, { id: string | number; undo?: () => void }>();

let shown: () => void = () => undefined;
const place = new Promise<void>((resolve) => (shown = resolve));
export const noticesShown = (): void => shown();

async function library() {
  noticesWanted.set(true);
  const [sonner] = await Promise.all([import("sonner"), place]);
  return sonner.toast;
}

export function notify(text: string, { undo, about, ...notice }: Notice = {}): void {
  const once = undo && takenBackOnce(undo);
  if (once) lastUndo.set(once);
  const action = once && { label: t("action.undo"), onClick: once };
  void library().then((toast) => {
    const before = about === undefined ? undefined : standing.get(about);
    if (before) toast.dismiss(before.id);
    const id = toast(text, { ...notice, action });
    if (about !== undefined) standing.set(about, { id, undo: once });
  });
}

/** What the last notice about it said is true no more: it goes, and Z does not take it back. */
export function withdraw(about: string): void {
  const before = standing.get(about);
  if (!before) return;
  standing.delete(about);
  if (lastUndo.get() === before.undo) lastUndo.set(null);
  void library().then((toast) => toast.dismiss(before.id));
}

function takenBackOnce(undo: () => void): () => void {
  let done = false;
  return function once() {
    if (done) return;
    done = true;
    if (lastUndo.get() === once) lastUndo.set(null);
    undo();
  };
}

export function notifyFailure(text: string, description?: string): void {
  void library().then((toast) => toast.error(text, { description }));
}
