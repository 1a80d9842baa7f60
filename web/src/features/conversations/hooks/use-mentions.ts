import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { safeName } from "@/components/foreign";
import { useMyId } from "@/lib/me";
import { atSign, colleaguesLike } from "@/lib/mentions";
import { useReaders } from "../api/list-team";
import type { Draft } from "./use-draft";

interface Writing {
  area: RefObject<HTMLTextAreaElement | null>;
  draft: Draft;
  setDraft(change: Partial<Draft>): void;
}

const STEP: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
const MOST = 10;

/** The list of colleagues that "@" opens in a note: who is in it, what a key does to it, what choosing puts in. */
export function useMentions({ area, draft, setDraft }: Writing) {
  const { text, note, mentions = [] } = draft;
  const id = useId();
  const me = useMyId();
  const [caret, setCaret] = useState<number | null>(null);
  const [left, setLeft] = useState(false);
  const [at, setAt] = useState(0);
  const sign = note && caret !== null ? atSign(text, caret) : null;
  const wanted = sign !== null && !left && mentions.length < MOST;
  const team = useReaders({ when: wanted }).data ?? [];
  const people = team.filter((one) => one.id !== me).map((one) => ({ id: one.id, name: safeName(one.name, one.email) }));
  const found = wanted ? colleaguesLike(people, sign.typed) : [];
  const active = Math.min(at, found.length - 1);

  function follow(where: number | null, written = text) {
    setCaret(where);
    const now = where === null ? null : atSign(written, where);
    if (!now) setLeft(false);
    if (now?.typed !== sign?.typed) setAt(0);
  }

  function choose(person: (typeof people)[number] | undefined) {
    if (!person || !sign) return;
    const said = `@${person.name} `;
    const end = sign.from + said.length;
    setDraft({
      text: text.slice(0, sign.from) + said + text.slice(sign.from + 1 + sign.typed.length),
      mentions: [...mentions.filter((one) => one.id !== person.id), person],
    });
    setCaret(null);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(end, end);
    });
  }

  /** True where the key was for the list. */
  function takeKey(event: KeyboardEvent): boolean {
    const { key, shiftKey, ctrlKey, metaKey, altKey, nativeEvent } = event;
    if (!found.length || nativeEvent.isComposing || shiftKey || ctrlKey || metaKey || altKey) return false;
    const step = STEP[key];
    if (step) setAt((active + step + found.length) % found.length);
    else if (key === "Enter" || key === "Tab") choose(found[active]);
    else if (key === "Escape") setLeft(true);
    else return false;
    event.preventDefault();
    return true;
  }

  const open = found.length > 0;
  const held = { "aria-controls": id, "aria-activedescendant": `${id}-${active}` };
  return { id, found, active, open, choose, takeKey, follow, area: open ? held : {} };
}

export type Mentioning = ReturnType<typeof useMentions>;
