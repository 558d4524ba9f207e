"""Sentences for what was asked wrongly on the command line."""

SENTENCES = {
    "number_unknown": "There is no work order {number}",
    "state_unknown": "There is no state {state}. There are: {states}",
    "state_not_here": "{what} have no state to choose by",
    "limit_not_understood": "--limit wants a whole number from 1, not {text}",
    "file_not_written": "{file} can't be written. Choose another place with -o",
}
