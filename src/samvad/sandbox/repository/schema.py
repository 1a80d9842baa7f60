"""The tables. Times are milliseconds; `changed` is the cursor by which pages and tests follow a number."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS numbers (
  phone_number_id TEXT PRIMARY KEY,
  waba_id TEXT NOT NULL,
  display_phone_number TEXT NOT NULL,
  access_token TEXT NOT NULL,
  app_secret TEXT NOT NULL,
  webhook_url TEXT NOT NULL,
  verify_token TEXT NOT NULL,
  tenant TEXT NOT NULL,
  subscribed INTEGER NOT NULL,
  verified INTEGER NOT NULL,
  clock_offset_ms INTEGER NOT NULL,
  behaviour TEXT NOT NULL,
  sequence INTEGER NOT NULL DEFAULT 0,
  webhooks_answered INTEGER NOT NULL DEFAULT 0,
  webhooks_refused INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  phone_number_id TEXT NOT NULL,
  fault TEXT NOT NULL,
  remaining INTEGER,
  code INTEGER,
  http_status INTEGER,
  recipient TEXT,
  kind TEXT
);

CREATE TABLE IF NOT EXISTS customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  phone_number_id TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT,
  wa_id TEXT,
  bsuid TEXT NOT NULL,
  last_wrote_ms INTEGER,
  typing_until_ms INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL,
  UNIQUE (phone_number_id, phone),
  UNIQUE (phone_number_id, bsuid)
);
CREATE INDEX IF NOT EXISTS customers_wa_id ON customers (phone_number_id, wa_id);
CREATE INDEX IF NOT EXISTS customers_changed ON customers (phone_number_id, changed);

CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  phone_number_id TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  wamid TEXT NOT NULL,
  direction TEXT NOT NULL,
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  reply_to TEXT,
  client_id TEXT,
  state TEXT NOT NULL,
  error_code INTEGER,
  fault TEXT,
  at_ms INTEGER NOT NULL,
  begun_us INTEGER,
  seen INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_wamid ON messages (phone_number_id, wamid);
CREATE INDEX IF NOT EXISTS messages_thread ON messages (customer_id, id);
CREATE INDEX IF NOT EXISTS messages_changed ON messages (phone_number_id, changed);
CREATE INDEX IF NOT EXISTS messages_unseen ON messages (customer_id) WHERE direction <> 'in' AND seen = 0;
CREATE INDEX IF NOT EXISTS messages_sends ON messages (phone_number_id, id) WHERE direction = 'out';
CREATE INDEX IF NOT EXISTS messages_client ON messages (phone_number_id, client_id) WHERE direction = 'out';

CREATE TABLE IF NOT EXISTS refusals (
  phone_number_id TEXT NOT NULL,
  code INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (phone_number_id, code)
);

CREATE TABLE IF NOT EXISTS webhooks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  phone_number_id TEXT NOT NULL,
  lane TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  due_ms INTEGER NOT NULL,
  next_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  bad_signatures INTEGER NOT NULL,
  message_id INTEGER,
  state TEXT
);
CREATE INDEX IF NOT EXISTS webhooks_lane ON webhooks (lane, due_ms, id);
CREATE INDEX IF NOT EXISTS webhooks_next ON webhooks (next_ms);
CREATE INDEX IF NOT EXISTS webhooks_message ON webhooks (message_id);

CREATE TABLE IF NOT EXISTS templates (
  id TEXT PRIMARY KEY,
  waba_id TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  category TEXT NOT NULL,
  status TEXT NOT NULL,
  components TEXT NOT NULL,
  quality TEXT NOT NULL,
  reason TEXT NOT NULL,
  verdict TEXT,
  decided_ms INTEGER NOT NULL,
  UNIQUE (waba_id, name, language)
);
CREATE INDEX IF NOT EXISTS templates_page ON templates (waba_id, id);

CREATE TABLE IF NOT EXISTS recipients (
  waba_id TEXT NOT NULL,
  person TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (waba_id, person)
);
CREATE INDEX IF NOT EXISTS recipients_time ON recipients (waba_id, at_ms);

CREATE TABLE IF NOT EXISTS standing (
  phone_number_id TEXT NOT NULL,
  phone TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (phone_number_id, phone)
);

CREATE TABLE IF NOT EXISTS offers_stopped (customer_id INTEGER PRIMARY KEY);

CREATE TABLE IF NOT EXISTS blocks (customer_id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS media (
  id TEXT PRIMARY KEY,
  phone_number_id TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  filename TEXT,
  sha256 TEXT NOT NULL,
  data BLOB NOT NULL,
  expires_ms INTEGER NOT NULL
);
"""
