"""Running it: what is logged and counted, whether it is well, how it stops. No text of people."""
