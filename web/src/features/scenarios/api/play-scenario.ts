/** A run as it happens: one JSON object a line, until its end or until nobody listens any more. */
import { api, call } from "@/lib/api-client";
import type { ToldLine } from "../hooks/run-state";

interface Play {
  text: string;
  channel: string;
  signal: AbortSignal;
  onLine(line: ToldLine): void;
}

export async function playScenario({ text, channel, signal, onLine }: Play): Promise<void> {
  const body = { text, channel_id: channel };
  const answer = await call(api.POST("/api/v1/scenarios/play", { body, signal, parseAs: "stream" }));
  const stream = answer as unknown as ReadableStream<Uint8Array> | null;
  if (!stream) return;
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line) onLine(JSON.parse(line) as ToldLine);
  }
}
