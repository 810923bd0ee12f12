"""What the answers must be, worked out from the text of the language and not from the program."""
