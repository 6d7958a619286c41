"""Defines the one error of reading settings."""


class SettingsError(Exception):
    """A setting that cannot be used.

    `where` is the file or environment variable, `key` the setting, `problem` the fault, `fix` the correction.
    """

    def __init__(self, where: str, key: str, problem: str, fix: str) -> None:
        super().__init__(f"{where}: {key} {problem}. {fix}")
        self.where = where
        self.key = key
        self.problem = problem
        self.fix = fix
