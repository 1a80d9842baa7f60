"""WhatsApp by Twilio: form-encoded webhooks in, the Messages API out."""
