"""Sentences for what the machine, the file or the server keeps from being done: what is wrong, what is safe, what to do."""

SENTENCES = {
    "store_newer": "{file} was made by a newer version of this program and was left as it is. Install that version, or open another folder",
    "store_foreign": "{file} is not a shop of this program and was left as it is. Open another folder",
    "store_damaged": "{file} is damaged and was not written to. Copy it away first, then bring back the last backup",
    "store_read_only": "{file} can't be written. Nothing was lost. Give this person the right to write to it, then try again",
    "store_not_opened": "{file} can't be opened. Nothing was changed. See whether the folder is there and may be read and written",
    "store_locked": "{file} is held by another program. Nothing was lost. Close that program; it goes on by itself",
    "folder_not_writable": "The folder {folder} can't be written. Nothing was lost. Give this person the right to write there, or choose another folder",
    "folder_is_a_file": "{file} is a file, not a folder. Nothing was changed. Choose another folder",
    "disk_full": "The disk is full, so this was not saved: {file}. What you typed is kept. Free some space; it is tried again by itself",
    "disk_error": "The disk does not answer as it should, so this was not saved: {file}. What you typed is kept. Have the disk looked at",
    "server_away": "The shop's server {server} does not answer. What you type is kept on this PC and written once it is back",
    "server_password": "The shop's server {server} does not accept the password. Nothing was changed. Ask whoever keeps the server",
    "server_lacks_store": "The shop's server {server} has no such database or user. Nothing was changed. Ask whoever keeps the server to make it",
    "server_rights": "The shop's server {server} does not let this user write there. Nothing was changed. Ask whoever keeps the server for the right to create "
    "tables in this database",
    "store_held": "{file} is held by another program. Nothing was lost. Close that program, then try again",
    "disk_has_no_room": "The disk is full, so {file} can't be written. Nothing that was saved is lost. Free some space, then try again",
    "disk_not_answering": "The disk does not answer as it should, so {file} can't be read or written. Nothing was overwritten. Have the disk looked at",
    "server_not_reached": "The shop's server {server} does not answer. Nothing was lost. See whether it runs and the network stands, then try again",
    "unforeseen": "The program made a fault, and this was not saved. What you typed is kept; try it once more",
    "preferences_not_kept": "The settings of this PC could not be written to {file}. The shop's records are not affected",
    "real_shop_here": "A real shop is here ({name}), so no example shop was made. Choose another folder with --data-dir",
    "demo_here": "There is an example shop here already",
}
