/** What the server said of single values of a template, by their slots. */
import type { Invalid } from "./errors";

const PATH = "content.values.";

export function templateFaults({ facts }: Invalid): Record<string, string> {
  const ours = facts.fields.filter(({ field }) => field.startsWith(PATH));
  return Object.fromEntries(ours.map(({ field, detail }) => [field.slice(PATH.length), detail]));
}
