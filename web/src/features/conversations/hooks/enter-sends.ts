/** Whether Enter sends, or begins a new line as in a letter. */
import { readStored, writeStored } from "@/lib/storage";
import { createStore } from "@/lib/store";

const KEY = "samvad.enter";

export const enterSends = createStore<boolean>(readStored(KEY, false));

export function setEnterSends(on: boolean): void {
  writeStored(KEY, on);
  enterSends.set(on);
}
