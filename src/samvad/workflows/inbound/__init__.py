"""An inbound item's way: claimed by lane, through the stages in one transaction per tenant and batch."""
