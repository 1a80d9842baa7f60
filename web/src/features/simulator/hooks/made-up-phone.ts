/** A fresh number of the range reserved for fiction (+1 202 555 01xx is too small; 9199999 is unassigned). */
export function madeUpPhone(): string {
  return `+9199999${String(Math.floor(Math.random() * 100_000)).padStart(5, "0")}`;
}
