/** Keys: one listener, a list of what is bound (for `?` and the palette), off in inputs. */
import { useEffect, useRef } from "react";
import { readStored, writeStored } from "./storage";
import { createStore } from "./store";

export interface KeyCommand {
  /**
   * As `event.key` says it ("j", "?", "Escape"); "mod+" is Ctrl, or Cmd on a Mac, "shift+" counts for letters, and
   * "g i" is one key after the other.
   */
  key: string;
  label: string;
  run(): void;
  inInputs?: boolean;
  /** The browser already does it; listed for the reader only. */
  native?: boolean;
}

/** Chatwoot's chords for the same commands; they work while one writes, too. */
const ALIASES: Readonly<Record<string, string>> = {
  "alt+j": "j",
  "alt+k": "k",
  "alt+e": "e",
  "alt+p": "m",
  "alt+l": "r",
  "alt+m": "s",
  "mod+alt+e": "shift+e",
};

const SETTING = "samvad.keys";
/** How long the first of two keys is remembered. */
const CHORD_MS = 1_500;
export const keyCommands = createStore<readonly KeyCommand[]>([]);
export const keysEnabled = createStore<boolean>(readStored(SETTING, true));

const WRITTEN_IN = "input:not([type=checkbox], [type=radio]), textarea, select";

let prefix = { key: "", at: 0 };

export function setKeysEnabled(on: boolean): void {
  writeStored(SETTING, on);
  keysEnabled.set(on);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(WRITTEN_IN));
}

function inOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"],[role="menu"],[role="listbox"]') !== null;
}

/** The key as commands write it: a symbol needs Shift on some keyboards and not on others, so only letters say it. */
function written(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const letter = /^[a-z]$/i.test(event.key);
  return `${mod}${letter && event.shiftKey ? "shift+" : ""}${letter ? event.key.toLowerCase() : event.key}`;
}

function allowed(command: KeyCommand, event: KeyboardEvent): boolean {
  if (command.native) return false;
  const single = !command.key.startsWith("mod+") && command.key !== "Escape";
  if (single && !keysEnabled.get()) return false;
  return command.inInputs || !(isTyping(event.target) || inOverlay(event.target));
}

function find(key: string, event: KeyboardEvent): KeyCommand | undefined {
  return keyCommands.get().findLast((command) => command.key === key && allowed(command, event));
}

/** AltGr, and Option on a Mac, write letters of other alphabets: to whoever is writing, these come first. */
function findAlias(event: KeyboardEvent): KeyCommand | undefined {
  const plain = /^[a-z]$/i.test(event.key);
  if (event.shiftKey || event.getModifierState("AltGraph")) return undefined;
  if (inOverlay(event.target) || (isTyping(event.target) && !plain)) return undefined;
  const letter = (plain ? event.key : event.code.replace("Key", "")).toLowerCase();
  const key = ALIASES[`${event.ctrlKey || event.metaKey ? "mod+" : ""}alt+${letter}`];
  return keyCommands.get().findLast((command) => command.key === key);
}

window.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.altKey) return perform(findAlias(event), event);
  const key = written(event);
  const chord = Date.now() - prefix.at < CHORD_MS ? find(`${prefix.key} ${key}`, event) : undefined;
  const command = chord ?? find(key, event);
  const begins = keyCommands.get().some((other) => other.key.startsWith(`${key} `) && allowed(other, event));
  prefix = begins && !chord ? { key, at: Date.now() } : { key: "", at: 0 };
  perform(command, event);
});

function perform(command: KeyCommand | undefined, event: KeyboardEvent): void {
  if (!command) return;
  event.preventDefault();
  command.run();
}

interface KeyOptions {
  inInputs?: boolean;
  native?: boolean;
  when?: boolean;
}

/** Binds a key while the component is on screen; the latest binding of a key wins. */
export function useKey(key: string, label: string, run: () => void, options: KeyOptions = {}): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const { inInputs = false, native = false, when = true } = options;
  useEffect(() => {
    if (!when) return;
    const command: KeyCommand = { key, label, inInputs, native, run: () => latest.current() };
    keyCommands.set([...keyCommands.get(), command]);
    return () => keyCommands.set(keyCommands.get().filter((other) => other !== command));
  }, [key, label, inInputs, native, when]);
}

/** All that do what this key does, itself first. */
export function keysLike(key: string): string[] {
  return [key, ...Object.keys(ALIASES).filter((alias) => ALIASES[alias] === key)];
}

/** How a key is written on a keycap. */
export function keyCap(key: string): string {
  const names: Record<string, string> = { Escape: "Esc", mod: "Ctrl", shift: "Shift", alt: "Alt" };
  const cap = (part: string) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  return key
    .split(" ")
    .map((stroke) => (stroke.length > 1 ? stroke.split("+").map(cap).join(" ") : cap(stroke)))
    .join(" ");
}
