/** Pictures and films stand in a box of one size, everything else in a line of one height. */
export const BOX = "my-1 flex h-48 w-64 max-w-full flex-col items-center justify-center gap-2 overflow-hidden rounded-card bg-text/5";
export const LINE = "flex min-h-11 w-64 max-w-full items-center gap-2";
