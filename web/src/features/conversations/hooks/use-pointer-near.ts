import { type RefObject, useEffect, useRef } from "react";

/** A mouse that has not moved for this long is parked, not aiming. */
const PARKED_MS = 2_000;

/** Tells when a mouse begins and stops to aim at something inside an element; touch does not hover. */
export function usePointerNear(element: RefObject<HTMLElement | null>, on: { onMove(): void; onRest(): void }) {
  const near = useRef(false);
  const latest = useRef(on);
  useEffect(() => {
    latest.current = on;
  });
  useEffect(() => {
    let timer = 0;
    function rest() {
      window.clearTimeout(timer);
      if (!near.current) return;
      near.current = false;
      latest.current.onRest();
    }
    function move(event: PointerEvent) {
      if (event.pointerType !== "mouse") return;
      if (!(event.target instanceof Node && element.current?.contains(event.target))) return rest();
      window.clearTimeout(timer);
      timer = window.setTimeout(rest, PARKED_MS);
      if (near.current) return;
      near.current = true;
      latest.current.onMove();
    }
    document.addEventListener("pointermove", move, { passive: true });
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener("pointermove", move);
    };
  }, [element]);
  return near;
}
