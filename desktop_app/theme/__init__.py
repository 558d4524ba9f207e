"""The look: tokens, the theme in force, fonts and icons."""
