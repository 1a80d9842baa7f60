"""The sandbox: an emulator of the WhatsApp Cloud API and a customer's phone, with a ledger of its own."""
