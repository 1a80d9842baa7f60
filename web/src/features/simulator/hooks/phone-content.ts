/** What the business put into a message, read defensively: the emulator keeps it as it was on the wire. */

export interface Choice {
  id: string;
  title: string;
  kind: "button_reply" | "list_reply";
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function choice(value: unknown, kind: Choice["kind"]): Choice[] {
  const { id, title } = record(value);
  return typeof id === "string" && typeof title === "string" ? [{ id, title, kind }] : [];
}

/** Buttons and list rows a customer can press. */
export function choicesOf(content: Record<string, unknown>): Choice[] {
  const action = record(content.action);
  const buttons = list(action.buttons).flatMap((button) => choice(record(button).reply, "button_reply"));
  const rows = list(action.sections).flatMap((section) =>
    list(record(section).rows).flatMap((row) => choice(row, "list_reply")),
  );
  return [...buttons, ...rows];
}

/** A file that came with a message. */
export interface Attached {
  id: string;
  mime: string;
  filename: string | null;
}

export function attachedOf(content: Record<string, unknown>): Attached | null {
  const { id, mime_type, filename } = content;
  if (typeof id !== "string" || typeof mime_type !== "string") return null;
  return { id, mime: mime_type, filename: typeof filename === "string" ? filename : null };
}

interface Place {
  latitude: number;
  longitude: number;
  name: string | null;
}

export function placeOf({ latitude, longitude, name }: Record<string, unknown>): Place | null {
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  return { latitude, longitude, name: typeof name === "string" ? name : null };
}

/** Emoji of a reaction and the message it is for. */
export function reactionOf(kind: string, content: Record<string, unknown>): { to: string; emoji: string } | null {
  if (kind !== "reaction") return null;
  const { message_id, emoji } = content;
  return typeof message_id === "string" ? { to: message_id, emoji: typeof emoji === "string" ? emoji : "" } : null;
}
