import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { safeName } from "@/components/foreign";
import { useCannedReplies } from "@/lib/api/list-canned-replies";
import type { CannedReply, Conversation } from "@/lib/api/types";
import { fill, firstName, matching, slashAt } from "@/lib/canned";
import { meQuery } from "@/lib/me";

interface Writing {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  setText(text: string): void;
  conversation: Conversation;
}

const STEP: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The list that "/" opens in an empty line: what is in it, what a key does to it, what choosing puts in. */
export function useCanned({ area, text, setText, conversation }: Writing) {
  const id = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [left, setLeft] = useState(false);
  const [at, setAt] = useState(0);
  const slash = caret === null ? null : slashAt(text, caret);
  const wanted = slash !== null && !left;
  const all = useCannedReplies({ when: wanted }).data;
  const values = useValues(conversation);
  const found = wanted && all ? matching(all, slash.typed) : [];
  const active = Math.min(at, found.length - 1);

  function follow(where: number | null, written = text) {
    setCaret(where);
    const now = where === null ? null : slashAt(written, where);
    if (!now) setLeft(false);
    if (now?.typed !== slash?.typed) setAt(0);
  }

  const say = (reply: CannedReply) => fill(reply.text, values);

  function choose(reply: CannedReply | undefined) {
    if (!reply || !slash) return;
    const said = say(reply);
    const end = slash.from + said.length;
    setText(text.slice(0, slash.from) + said + text.slice(slash.from + 1 + slash.typed.length));
    setCaret(null);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(end, end);
    });
  }

  /** True where the key was for the list. */
  function takeKey(event: KeyboardEvent): boolean {
    const { key, shiftKey, ctrlKey, metaKey, altKey, nativeEvent } = event;
    const waits = wanted && !all && key === "Enter"; // what was begun as a shortcut is not sent by haste
    if (nativeEvent.isComposing || shiftKey || ctrlKey || metaKey || altKey) return false;
    if (!found.length && !waits) return false;
    const step = STEP[key];
    if (step) setAt((active + step + found.length) % found.length);
    else if (key === "Enter" || key === "Tab") choose(found[active]);
    else if (key === "Escape") setLeft(true);
    else return false;
    event.preventDefault();
    return true;
  }

  const open = found.length > 0;
  return {
    id,
    found,
    active,
    /** There are none at all, and somebody looks for one. */
    none: wanted && all?.length === 0 && slash.typed === "",
    say,
    choose,
    takeKey,
    follow,
    area: {
      "aria-autocomplete": "list" as const,
      "aria-haspopup": "listbox" as const,
      "aria-controls": open ? id : undefined,
      "aria-activedescendant": open ? `${id}-${active}` : undefined,
    },
  };
}

export type Canned = ReturnType<typeof useCanned>;

function useValues({ contact }: Conversation) {
  const me = useQuery(meQuery).data;
  const name = safeName(contact.name, "");
  return {
    "contact.name": firstName(name) ? name : "",
    "contact.first_name": firstName(name),
    "agent.name": safeName(me?.member?.name, ""),
    "business.name": safeName(me?.tenant.name, ""),
  };
}
