"""Papers: content in, PDF bytes out, printed or kept."""
