import { useState } from "react";
import { readStored, writeStored } from "@/lib/storage";
import { useMedia, WIDE } from "@/lib/use-media";
import type { PanelPlace } from "../components/thread-panel";

const SETTING = "samvad.panel";

/** Beside the thread where there is room, as this reader left it; otherwise a drawer that the address opens. */
export function usePanelPlace(drawn: boolean, draw: (open: boolean) => void): PanelPlace {
  const docked = useMedia(WIDE);
  const [kept, setKept] = useState(() => readStored(SETTING, true));
  if (!docked) return { docked, open: drawn, toggle: () => draw(!drawn) };
  return {
    docked,
    open: kept,
    toggle() {
      writeStored(SETTING, !kept);
      setKept(!kept);
    },
  };
}
