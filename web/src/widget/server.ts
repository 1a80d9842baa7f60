/** The widget's side of the wire: a pass, messages out, and a stream that comes back whenever it ends. */
import type { Look, Said, State, Talk } from "./model";

interface Visit {
  token: string;
  look: Look;
  messages: Said[];
  state: State | null;
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly wait: number,
  ) {
    super(`HTTP ${status}`);
  }
}

const LONGEST = 30_000;

export class Server {
  #token: string | null;
  readonly #store: string;

  constructor(
    private readonly base: string,
    private readonly key: string,
  ) {
    this.#store = `samvad:${key}`;
    this.#token = remembered(this.#store);
  }

  /** Whether this browser has been here before. */
  get known(): boolean {
    return this.#token !== null;
  }

  async visit(): Promise<Visit> {
    const visit = (await (await this.#call("visits", {})).json()) as Visit;
    this.#token = visit.token;
    remember(this.#store, visit.token);
    return visit;
  }

  async say(id: string, said: { text: string } | { button: { id: string; title: string } }): Promise<void> {
    await this.#again(() => this.#call("messages", { id, ...said }));
  }

  async seen(message_id: string, status: "delivered" | "read"): Promise<void> {
    await this.#call("seen", { message_id, status });
  }

  /** News for ever: an ended stream is opened again, first soon, then more and more rarely. */
  async listen(news: (talk: Partial<Talk>) => void, online: (yes: boolean) => void): Promise<never> {
    let pause = 500;
    for (;;) {
      try {
        const answer = await this.#again(() => this.#call("events", {}));
        online(true);
        pause = 500;
        for await (const data of events(answer)) news(JSON.parse(data) as Talk);
      } catch {
        online(false);
        pause = Math.min(pause * 2, LONGEST);
      }
      await later(pause * (0.75 + Math.random() / 2));
    }
  }

  /** A pass that ended is renewed once. */
  async #again(call: () => Promise<Response>): Promise<Response> {
    try {
      return await call();
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.status !== 401) throw failure;
      await this.visit();
      return call();
    }
  }

  async #call(name: string, body: object): Promise<Response> {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (this.#token) headers["authorization"] = `Bearer ${this.#token}`;
    const answer = await fetch(`${this.base}/widget/${this.key}/${name}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      credentials: "omit",
    });
    if (!answer.ok) throw new Refused(answer.status, Number(answer.headers.get("retry-after")) || 0);
    return answer;
  }
}

async function* events(answer: Response): AsyncGenerator<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part.startsWith("data: ")) yield part.slice(6);
  }
}

function later(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/** A browser that keeps nothing for us forgets who it was; everything else works. */
function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // private windows, blocked storage
  }
}
