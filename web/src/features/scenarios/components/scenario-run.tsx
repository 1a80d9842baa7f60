import { ArrowLeft, Check, Circle, CircleDashed, RotateCcw, Square, X } from "lucide-react";
import { Button } from "@/components/button";
import { Foreign } from "@/components/foreign";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import type { Play } from "../hooks/use-play";
import { reached, type RunView, type StepState } from "../hooks/run-state";
import { Wrong } from "./scenario-editor";

interface RunProps {
  play: Play;
  onAgain(): void;
  onEdit(): void;
  onBack(): void;
}

/** The steps of a run as they pass or fail. */
export function ScenarioRun({ play, onAgain, onEdit, onBack }: RunProps) {
  const { run, running, error } = play;
  if (!run) return null;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 px-4 pt-4 max-md:px-3 max-md:pt-3">
        <Button look="quiet" onClick={onBack}>
          <ArrowLeft size={16} aria-hidden />
          <span className="max-md:sr-only">{t("scenario.back")}</span>
        </Button>
        <span className="flex-1" />
        <Button onClick={onEdit}>{t("scenario.edit")}</Button>
        {running ? (
          <Button look="danger" onClick={play.stop}>
            <Square size={14} aria-hidden />
            {t("scenario.stop")}
          </Button>
        ) : (
          <Button look="primary" onClick={onAgain}>
            <RotateCcw size={16} aria-hidden />
            {t("scenario.again")}
          </Button>
        )}
      </div>
      <Headline run={run} running={running} />
      {error ? (
        <div className="px-4 max-md:px-3">
          <Wrong error={error} />
        </div>
      ) : null}
      <ol aria-label={t("scenario.steps")} className="relative min-h-0 flex-1 overflow-y-auto px-4 pb-4 max-md:px-3">
        {run.steps.map((step) => (
          <Step key={step.number} step={step} />
        ))}
      </ol>
    </div>
  );
}

const TONES = { passed: "bg-accent-soft text-accent", failed: "bg-danger-soft text-danger" } as const;

function Headline({ run, running }: { run: RunView; running: boolean }) {
  const { outcome } = run;
  const tone = outcome === "passed" || outcome === "failed" ? TONES[outcome] : "bg-surface text-muted";
  const at = reached(run);
  const now = at ? t("scenario.of", { n: at, all: run.steps.length }) : t("scenario.begins");
  return (
    <div className="flex flex-col gap-1 px-4 py-3 max-md:px-3">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate font-semibold">
          <Foreign text={run.name} />
        </h3>
        <p role="status" data-testid="scenario-outcome" data-outcome={outcome ?? "running"} className={cx("rounded px-2 py-0.5 text-small font-medium", tone)}>
          {running && !outcome ? now : outcome ? t(`scenario.outcome.${outcome}`) : null}
          {outcome && run.seconds !== null ? ` · ${t("scenario.seconds", { n: run.seconds })}` : null}
        </p>
      </div>
      {run.why ? <p className="text-danger">{run.why}</p> : null}
    </div>
  );
}

const ICONS = { waiting: CircleDashed, running: Circle, passed: Check, failed: X } as const;
const COLOURS: Record<StepState, string> = {
  waiting: "text-muted",
  running: "text-accent animate-pulse",
  passed: "text-accent",
  failed: "text-danger",
};

function Step({ step }: { step: RunView["steps"][number] }) {
  const Icon = ICONS[step.state];
  return (
    <li data-testid="scenario-step" data-state={step.state} className="flex gap-3 border-b border-line py-2 last:border-0">
      <Icon size={16} aria-hidden className={cx("mt-0.5 shrink-0", COLOURS[step.state])} />
      <div className="min-w-0 flex-1">
        <p className={cx("break-words", step.state === "waiting" && "text-muted")}>
          <span className="sr-only">{t(`scenario.state.${step.state}`)}: </span>
          <Foreign text={step.words} />
        </p>
        {step.why ? (
          <p className="mt-1 break-words text-danger">
            {t("scenario.line", { n: step.line })}: <Foreign text={step.why} />
          </p>
        ) : null}
        {step.said.map((said, at) => (
          <p key={at} className="mt-1 line-clamp-3 border-l-2 border-line pl-2 text-small text-muted">
            <Foreign text={said.text} />
            {said.citations.length ? ` [${said.citations.join(", ")}]` : null}
          </p>
        ))}
      </div>
      {step.seconds !== null && step.seconds >= 0.1 ? (
        <span className="shrink-0 text-small text-muted">{t("scenario.seconds", { n: Math.round(step.seconds * 10) / 10 })}</span>
      ) : null}
    </li>
  );
}
