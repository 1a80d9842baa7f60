/** A time that the browser's own field wrote, "2026-11-27T10:00" in this reader's zone, as the server wants it. */
export function toInstant(local: string | undefined): string | undefined {
  const at = local ? new Date(local) : null;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}
