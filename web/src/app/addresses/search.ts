/** What an address may carry: what does not fit is left out. */
export type Search = Record<string, unknown>;

export function word<Word extends string>(value: unknown, allowed: readonly Word[]): Word | undefined {
  return allowed.find((candidate) => candidate === value);
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value || undefined : undefined;
}
