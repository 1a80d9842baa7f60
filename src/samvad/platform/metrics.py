"""The process's Prometheus metrics, all declared here so that their names can be documented."""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

webhook_requests = Counter("samvad_webhook_requests", "Webhook calls by door and answer", ["door", "status"])
webhook_items = Counter("samvad_webhook_items", "Items of webhook calls by verdict", ["verdict"])
inbound_processed = Counter("samvad_inbound_processed", "Inbound items worked off by outcome", ["outcome"])
reply_decisions = Counter("samvad_reply_decisions", "Replies decided by action", ["action"])
replies_saved = Counter("samvad_replies_saved", "Messages that one reply answered beside another")
model_calls = Counter("samvad_model_calls", "Language model calls by what came of them", ["verdict"])
files = Counter("samvad_files", "Files of messages by how fetching them ended", ["outcome"])
sends = Counter("samvad_sends", "Provider calls by outcome", ["outcome"])
gate_refusals = Counter("samvad_gate_refusals", "Messages that the gate refused by reason", ["reason"])
alerts = Counter("samvad_alerts", "Things a person should look at by name", ["name"])
http_requests = Counter("samvad_http_requests", "API requests by route, method and status",
                        ["route", "method", "status"])  # fmt: skip
http_seconds = Histogram("samvad_http_seconds", "API request time by route", ["route"], buckets=_SECONDS)
stage_seconds = Histogram("samvad_stage_seconds", "Batch time by workflow", ["workflow"], buckets=_SECONDS)
queue_depth = Gauge("samvad_queue_depth", "Rows that wait by queue", ["queue"])
queue_age = Gauge("samvad_queue_age_seconds", "Age of the oldest due row by queue", ["queue"])
open_alerts = Gauge("samvad_open_alerts", "Alerts that nobody and nothing has ended yet by name", ["name"])
sockets = Gauge("samvad_live_sockets", "Open WebSockets")
