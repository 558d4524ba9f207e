"""The shop's records and the rules that keep them right. Runs without a screen."""
