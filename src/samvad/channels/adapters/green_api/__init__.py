"""Green API: a WhatsApp number as a linked device; notifications fetched or called, a queue to send."""
