/** Texts by key, with {values} filled in; counted texts choose their form by the language's plural rules. */
import { en } from "./en";

export type TextKey = keyof typeof en;
type Counted<Key extends string> = Key extends `${infer Base}_other` ? Base : never;
export type CountedKey = Counted<TextKey>;
type Values = Record<string, string | number>;

const plural = new Intl.PluralRules("en");

function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function t(key: TextKey, values: Values = {}): string {
  return fill(en[key], values);
}

export function tn(key: CountedKey, n: number): string {
  const form = `${key}_${plural.select(n)}` as TextKey;
  return t(form in en ? form : (`${key}_other` as TextKey), { n });
}

/** The text for a word of the server, or a fallback for a word this version does not know. */
export function tWord(prefix: string, word: string, fallback: string, values: Values = {}): string {
  const key = `${prefix}.${word}`;
  return key in en ? t(key as TextKey, values) : fallback;
}
