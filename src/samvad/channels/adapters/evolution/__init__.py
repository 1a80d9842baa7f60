"""Evolution API: a gateway of one's own that holds a WhatsApp number as a linked device (Baileys)."""
