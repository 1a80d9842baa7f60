import { cx } from "@/lib/cx";

const HUES = [165, 210, 265, 325, 20, 45, 95];

function hueOf(seed: string): number {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return HUES[sum % HUES.length] ?? 165;
}

function initials(name: string): string {
  const letters = name
    .split(" ")
    .map((part) => Array.from(part).find((letter) => /\p{L}|\p{N}/u.test(letter)))
    .filter((letter) => letter !== undefined);
  const last = letters.length > 1 ? letters[letters.length - 1] : "";
  return ((letters[0] ?? "#") + last).toLocaleUpperCase();
}

/** Initials on a colour of its own; decoration only, the name stands beside it. */
export function Avatar({ name, seed, size = "size-10 text-body" }: { name: string; seed: string; size?: string }) {
  return (
    <span
      aria-hidden
      className={cx(
        "inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none",
        size,
      )}
      style={{
        backgroundColor: `light-dark(oklch(0.92 0.05 ${hueOf(seed)}), oklch(0.33 0.06 ${hueOf(seed)}))`,
        color: `light-dark(oklch(0.38 0.09 ${hueOf(seed)}), oklch(0.9 0.06 ${hueOf(seed)}))`,
      }}
    >
      {initials(name)}
    </span>
  );
}
