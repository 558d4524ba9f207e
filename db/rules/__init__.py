"""What the trade and the shop decide, as functions over plain values: no storage, no screen, no clock of its own."""
