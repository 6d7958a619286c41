"""Lists the sentences of refused changes to emails, and defines the exception that carries one. `server/texts.py` translates them."""

from __future__ import annotations

from server.errors import CannotDo

SENTENCES = {
    "bad_name": "“{name}” cannot be the name of an email. Use a-z, 0-9 and -, up to 64 characters.",
    "name_taken": "There is an email “{name}” already. Choose another name.",
    "no_title": "Give the email a title, so that the team recognizes it.",
    "long_title": "A title has at most {most} characters.",
    "long_folder": "The name of a folder has at most {most} characters.",
    "no_settings": "{name}/email.toml is missing: an email has email.toml, body.mjml and sample.json.",
    "many_files": "An email has at most {most} files.",
    "large": "All files of an email together have at most {most} characters.",
    "bad_path": "“{path}” cannot be the path of a file.",
    "large_file": "{path} has more than {most} characters.",
    "zero_byte": "{path} contains a zero byte, which is not text.",
    "no_email": "There is no email “{name}”. Available: {names}.",
    "two_homes": (
        "There are two emails “{name}”: one was made in the browser, and one is the folder {folder}. "
        "Rename or remove the folder, so that it is clear which one is sent."
    ),
    "archived": "The email “{name}” is archived. Put it back first.",
    "trashed": "The email “{name}” is in the trash. Put it back first.",
    "not_published": "The email “{name}” is a draft that was never published. Publish it first.",
    "not_in_database": "There is no email “{name}” in the database.",
    "not_pulled": "The database has an email “{name}” that this folder does not come from. Pull it first.",
    "gone": "The email “{name}” is no longer in the database. Delete {mark} to push it as a new one.",
    "bad_mark": "{mark} cannot be read: {error}. Restore it, or delete it and pull again.",
    "foreign_folder": "{folder} was not pulled from the database. Pull into another folder, so that nothing is lost.",
    "unpushed": "{folder} has changes that were not pushed. Push or discard them first.",
    "shared_differs": "{file} exists and differs from the file that “{name}” shares. Pull into another folder.",
    "conflict": (
        "{by} saved “{name}” after you started: its newest revision is {revision}. Nothing was overwritten. These files differ "
        "in both: {files}. Pull into another folder, merge, and push from there."
    ),
}


class Refused(CannotDo):
    """A row of SENTENCES with its values; `field` is the field of a form that it is about, if there is one."""

    def __init__(self, rule: str, field: str = "", **values: object) -> None:
        super().__init__(SENTENCES[rule], **values)
        self.rule, self.field = rule, field
