import type { ReactNode } from "react";

interface FactsProps {
  /** Name and value; what has no value is left out. */
  facts: readonly (readonly [string, ReactNode])[];
}

/** Names and values, one pair a line. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== "")
        .map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted">{name}</dt>
            <dd className="foreign min-w-0">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
