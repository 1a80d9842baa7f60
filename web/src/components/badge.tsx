import { cx } from "@/lib/cx";

export type Tone = "good" | "bad" | "doubtful" | "plain";

const TONES: Record<Tone, string> = {
  good: "bg-accent-soft text-accent",
  bad: "bg-danger-soft text-danger",
  doubtful: "bg-amber-soft text-amber",
  plain: "bg-surface text-muted",
};

/** One word on how something stands; the colour only repeats it. */
export function Badge({ tone, text }: { tone: Tone; text: string }) {
  return <span className={cx("shrink-0 rounded px-2 py-0.5 text-small font-medium", TONES[tone])}>{text}</span>;
}
