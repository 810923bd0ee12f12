"""Rubric once more, written from docs/language.md alone: a lexer, a parser, an evaluator, all values of what is unknown. It shares nothing with the program but the manual."""
