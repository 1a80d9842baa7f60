/** A webhook's body as a person reads it: JSON with indents, anything else as it came. */
export function bodyText(body: string, encoding: "text" | "base64"): string {
  if (encoding === "base64") return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
