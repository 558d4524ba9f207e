"""Reads the starter catalogue from its data files, and refuses a broken one with file, line and reason.

Only making a shop needs it; nothing that runs at every start imports it.
"""

from db.catalogue_files.broken import CatalogueFileError
from db.catalogue_files.reader import read_catalogue
from db.catalogue_files.records import StarterCatalogue

__all__ = ["CatalogueFileError", "StarterCatalogue", "read_catalogue"]
