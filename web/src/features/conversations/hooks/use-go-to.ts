import type { Virtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ThreadItem } from "./thread-items";

interface GoTo {
  list: Virtualizer<HTMLDivElement, Element>;
  items: ThreadItem[];
  /** The message to bring into sight, by our id. */
  goTo: string | null;
  more: boolean;
  busy: boolean;
  older(): void;
}

const LIT_MS = 2_000;

/** Brings a message into sight and lights it up for a moment; older pages are fetched until it is there. */
export function useGoTo({ list, items, goTo, more, busy, older }: GoTo): [lit: string | null, show: (id: string) => void] {
  const [wanted, setWanted] = useState(goTo);
  const [asked, setAsked] = useState(goTo);
  if (goTo !== asked) {
    setAsked(goTo);
    setWanted(goTo);
  }
  const at = wanted === null ? -1 : items.findIndex((item) => item.kind === "message" && item.message.id === wanted);
  const found = at >= 0;
  const scroll = useRef<() => void>(() => undefined);
  useEffect(() => {
    scroll.current = () => list.scrollToIndex(at, { align: "center" });
  });

  useEffect(() => {
    if (wanted === null || !found) return;
    scroll.current();
    const timer = window.setTimeout(() => setWanted(null), LIT_MS);
    return () => window.clearTimeout(timer);
  }, [wanted, found]);
  useEffect(() => {
    if (wanted !== null && !found && more && !busy) older();
  }, [wanted, found, more, busy, older]);

  return [found ? wanted : null, useCallback((id: string) => setWanted(id), [])];
}
