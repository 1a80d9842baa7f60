import { type MouseEvent, type PointerEvent, useRef } from "react";

const LONG_MS = 450;
/** A finger that moves further than this is scrolling. */
const SLACK_PX = 10;

/** A finger resting on something. Also tells whether the latest press was a finger's, and whether it was a long one. */
export function useLongPress(onLong: () => void) {
  const press = useRef({ timer: 0, x: 0, y: 0, touch: false, long: false });

  function stop(): void {
    window.clearTimeout(press.current.timer);
  }

  return {
    isTouch: () => press.current.touch,
    wasLong: () => press.current.long,
    on: {
      onPointerDown({ pointerType, clientX: x, clientY: y }: PointerEvent) {
        stop();
        const touch = pointerType === "touch";
        press.current = { timer: 0, x, y, touch, long: false };
        if (touch) press.current.timer = window.setTimeout(() => {
          press.current.long = true;
          navigator.vibrate?.(10);
          onLong();
        }, LONG_MS);
      },
      onPointerMove({ clientX, clientY }: PointerEvent) {
        if (Math.hypot(clientX - press.current.x, clientY - press.current.y) > SLACK_PX) stop();
      },
      onPointerUp: stop,
      onPointerCancel: stop,
      onContextMenu(event: MouseEvent) {
        if (press.current.touch) event.preventDefault();
      },
    },
  };
}
