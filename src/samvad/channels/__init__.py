"""Channels: routes, raw deliveries, inbound lanes, the gate and the sender of every transport."""
