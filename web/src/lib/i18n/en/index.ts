/** Every text of the app in English; another language is another object of this type. */
import { alerts } from "./alerts";
import { app } from "./app";
import { auth } from "./auth";
import { canned } from "./canned";
import { channels } from "./channels";
import { composer } from "./composer";
import { demo } from "./demo";
import { inbox } from "./inbox";
import { journal } from "./journal";
import { judging } from "./judging";
import { knowledge } from "./knowledge";
import { labels } from "./labels";
import { messages } from "./messages";
import { rules } from "./rules";
import { scenarios } from "./scenarios";
import { settings } from "./settings";
import { simulator } from "./simulator";
import { templates } from "./templates";

export const en = { ...app, ...auth, ...inbox, ...composer, ...labels, ...canned, ...messages, ...channels, ...alerts, ...rules, ...settings, ...simulator, ...scenarios, ...demo, ...knowledge, ...judging, ...journal, ...templates } as const;
