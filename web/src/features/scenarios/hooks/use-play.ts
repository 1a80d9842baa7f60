import { useCallback, useEffect, useRef, useState } from "react";
import { playScenario } from "../api/play-scenario";
import { brokenOff, NOT_BEGUN, type RunView, told } from "./run-state";

export interface Play {
  /** Null: nothing was played yet. */
  run: RunView | null;
  error: unknown;
  running: boolean;
  start(text: string): void;
  stop(): void;
  leave(): void;
}

/** Plays one scenario at a time; leaving the page stops it, as the server stops with its listener. */
export function usePlay(channel: string, onCustomer: (id: number) => void): Play {
  const [run, setRun] = useState<RunView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [running, setRunning] = useState(false);
  const listening = useRef<AbortController | null>(null);
  const choose = useRef(onCustomer);
  useEffect(() => {
    choose.current = onCustomer;
  });
  useEffect(() => () => listening.current?.abort(), []);

  const start = useCallback(
    (text: string) => {
      listening.current?.abort();
      const mine = new AbortController();
      listening.current = mine;
      setRun(NOT_BEGUN);
      setError(null);
      setRunning(true);
      const line = (one: Parameters<typeof told>[1]) => {
        if (one.event === "customer") choose.current(one.id);
        setRun((before) => told(before ?? NOT_BEGUN, one));
      };
      const end = (failure: unknown) => {
        if (listening.current !== mine) return;
        setRunning(false);
        if (failure !== null && !mine.signal.aborted) setError(failure);
        setRun((before) => before && brokenOff(before, mine.signal.aborted ? "stopped" : "lost"));
      };
      playScenario({ text, channel, signal: mine.signal, onLine: line }).then(() => end(null), end);
    },
    [channel],
  );
  const stop = useCallback(() => listening.current?.abort(), []);
  const leave = useCallback(() => {
    listening.current?.abort();
    setRun(null);
    setError(null);
  }, []);
  return { run, error, running, start, stop, leave };
}
