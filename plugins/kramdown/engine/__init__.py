"""The parsers' state, and what all constructs are built on; nothing here imports a construct."""
