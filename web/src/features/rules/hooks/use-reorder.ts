import { type PointerEvent as ReactPointerEvent, useRef, useState } from "react";

export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.toSpliced(from, 1);
  const item = items[from];
  return item === undefined ? [...items] : rest.toSpliced(to, 0, item);
}

interface Reorder<Item> {
  /** As they stand while one is dragged. */
  shown: readonly Item[];
  dragged: string | null;
  /** For the handle of a row; rows carry `data-row={id}`. */
  handle(id: string): {
    onPointerDown(event: ReactPointerEvent<HTMLElement>): void;
    onPointerMove(event: ReactPointerEvent<HTMLElement>): void;
    onPointerUp(): void;
    onPointerCancel(): void;
  };
}

/** Dragging by pointer, mouse or finger alike; the new order is told once, at the end. */
export function useReorder<Item extends { id: string }>(items: readonly Item[], onDrop: (items: Item[], id: string) => void): Reorder<Item> {
  const [order, setOrder] = useState<Item[] | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const latest = useRef<Item[] | null>(null);
  const shown = order ?? items;

  function set(next: Item[] | null) {
    latest.current = next;
    setOrder(next);
  }

  function end(id: string, keep: boolean) {
    const wanted = latest.current;
    setDragged(null);
    set(null);
    if (keep && wanted && wanted.some((item, at) => item.id !== items[at]?.id)) onDrop(wanted, id);
  }

  return {
    shown,
    dragged,
    handle: (id) => ({
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(id);
        set([...items]);
      },
      onPointerMove(event) {
        const present = latest.current;
        if (dragged !== id || !present) return;
        const under = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-row]")?.dataset.row;
        const [from, to] = [present.findIndex((item) => item.id === id), present.findIndex((item) => item.id === under)];
        if (to >= 0 && to !== from) set(moved(present, from, to));
      },
      onPointerUp: () => end(id, true),
      onPointerCancel: () => end(id, false),
    }),
  };
}
