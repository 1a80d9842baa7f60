/** What a run looks like after each line that it tells; pure. */

export type StepState = "waiting" | "running" | "passed" | "failed";
export type Outcome = "passed" | "failed" | "stopped" | "lost";

interface Said {
  author: string;
  text: string;
  citations: readonly string[];
}

interface StepView {
  number: number;
  line: number;
  words: string;
  state: StepState;
  seconds: number | null;
  why: string | null;
  /** What the business wrote meanwhile. */
  said: Said[];
}

export interface RunView {
  name: string;
  steps: StepView[];
  outcome: Outcome | null;
  why: string | null;
  seconds: number | null;
}

export type ToldLine =
  | { event: "started"; name: string; steps: { number: number; line: number; words: string }[] }
  | { event: "customer"; id: number; name: string }
  | { event: "step"; number: number; state: StepState; seconds?: number; why?: string }
  | { event: "message"; author: string; kind: string; text: string | null; citations: readonly string[]; direction: string }
  | { event: "ended"; outcome: "passed" | "failed" | "stopped"; seconds?: number; why?: string };

export const NOT_BEGUN: RunView = { name: "", steps: [], outcome: null, why: null, seconds: null };

export function told(run: RunView, line: ToldLine): RunView {
  switch (line.event) {
    case "started":
      return {
        ...NOT_BEGUN,
        name: line.name,
        steps: line.steps.map((step) => ({ ...step, state: "waiting", seconds: null, why: null, said: [] })),
      };
    case "step":
      return change(run, line.number, { state: line.state, seconds: line.seconds ?? null, why: line.why ?? null });
    case "message":
      return line.direction === "in" ? run : heard(run, { author: line.author, text: line.text ?? line.kind, citations: line.citations });
    case "ended":
      return { ...run, outcome: line.outcome, seconds: line.seconds ?? null, why: line.why ?? null };
    default:
      return run;
  }
}

/** The connection ended before the run did, or somebody stopped it. */
export function brokenOff(run: RunView, outcome: "stopped" | "lost"): RunView {
  return run.outcome ? run : { ...run, outcome };
}

/** The number of the step that is under way; 0 before the first one. */
export function reached(run: RunView): number {
  return run.steps.findLast((step) => step.state !== "waiting")?.number ?? 0;
}

function change(run: RunView, number: number, with_: Partial<StepView>): RunView {
  return { ...run, steps: run.steps.map((step) => (step.number === number ? { ...step, ...with_ } : step)) };
}

function heard(run: RunView, said: Said): RunView {
  const at = reached(run);
  return { ...run, steps: run.steps.map((step) => (step.number === at ? { ...step, said: [...step.said, said] } : step)) };
}
