/** The chat on somebody's site: `<script src="https://.../widget/KEY.js" async></script>`. */
import { merged, unplaced, untold, type Choice, type Said, type Talk } from "./model";
import { Refused, Server } from "./server";
import { View } from "./view";
import { languageOf, wordsOf } from "./words";

class Chat {
  #talk: Talk = { messages: [], state: null };
  #online = true;
  #trouble = "";
  #listening = false;
  #language: string;
  #told = new Set<string>();
  readonly #buttons = new Map<string, Choice>();
  readonly #view: View;

  /** `wished`: the language that the site asks for. */
  constructor(
    private readonly server: Server,
    private readonly wished: string | undefined,
  ) {
    const acts = {
      open: () => void this.#open(),
      close: () => this.#view.open(false),
      say: (text: string) => void this.#say(text),
      press: (choice: Choice) => void this.#say(choice.title, choice.id ? choice : undefined),
      again: (said: Said) => void this.#send(said),
    };
    this.#language = languageOf(wished, document.documentElement.lang);
    this.#view = new View(acts, this.#language);
    document.body.append(this.#view.host);
    document.addEventListener("visibilitychange", () => this.#tell());
    if (server.known) void this.#begin();
  }

  async #open(): Promise<void> {
    this.#view.open(!this.#view.opened);
    this.#show();
    await this.#begin();
    this.#tell();
  }

  /** The first call: who we are and what was said. Somebody who never wrote is not listened for. */
  async #begin(): Promise<void> {
    if (this.#listening) return;
    try {
      const { look, messages, state } = await this.server.visit();
      this.#trouble = "";
      this.#language = languageOf(this.wished, look.language);
      this.#view.look(look);
      this.#view.speak(this.#language);
      this.#take({ messages, ...(state ? { state } : {}) });
      if (messages.length) this.#listen();
    } catch (failure) {
      const refused = failure instanceof Refused && failure.status === 404;
      this.#trouble = refused ? wordsOf(this.#language).closed : wordsOf(this.#language).away;
      warn(`${String(failure)}. Is ${location.origin} among the channel's sites?`);
      this.#show();
    }
  }

  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    void this.server.listen(
      (news) => this.#take(news),
      (yes) => {
        this.#online = yes;
        this.#show();
      },
    );
  }

  #take(news: Partial<Talk>): void {
    this.#talk = merged(this.#talk, news);
    this.#show();
    this.#tell();
  }

  #show(): void {
    this.#view.show(this.#talk, this.#online, this.#trouble);
    this.#view.badge(this.#view.opened ? 0 : untold(this.#talk, "read").length);
  }

  /** Ticks of the team's messages: here, and seen. */
  #tell(): void {
    const status = this.#view.opened && document.visibilityState === "visible" ? "read" : "delivered";
    for (const id of untold(this.#talk, status)) {
      const told = `${id} ${status}`;
      if (this.#told.has(told)) continue;
      this.#told.add(told);
      this.server.seen(id, status).catch(() => this.#told.delete(told));
    }
  }

  async #say(text: string, pressed?: Choice): Promise<void> {
    const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    if (pressed) this.#buttons.set(id, pressed);
    await this.#send({ id, by: "visitor", kind: "text", text, content: {}, status: "sending", at: unplaced(new Date()) });
  }

  /** With the same id however often: the server takes it once. */
  async #send(said: Said): Promise<void> {
    this.#take({ messages: [{ ...said, status: "sending" }] });
    const pressed = this.#buttons.get(said.id);
    try {
      await this.server.say(said.id, pressed ? { button: { id: pressed.id, title: pressed.title } } : { text: said.text });
      this.#listen();
      if (this.#talk.messages.find((one) => one.id === said.id)?.status === "sending") this.#take({ messages: [{ ...said, status: "received" }] });
    } catch {
      this.#take({ messages: [{ ...said, status: "failed" }] });
    }
  }
}

/** For whoever builds the site; visitors see words of their own. */
function warn(words: string): void {
  // eslint-disable-next-line no-console
  console.warn(`Samvad chat: ${words}`);
}

function start(): void {
  const script = document.currentScript as HTMLScriptElement | null;
  const found = /^(.*)\/widget\/([^/?#]+)\.js/.exec(script?.src ?? "");
  const [base, key] = [found?.[1], found?.[2]];
  if (base === undefined || key === undefined) return warn("put the script in by its own line, as it was given.");
  const begin = () => void new Chat(new Server(base, key), script?.dataset["language"]);
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
}

start();
