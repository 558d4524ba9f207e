"""The tour: opens every window and dialog over the demo shop and every paper of it, writes pictures and reads every word on the way."""
