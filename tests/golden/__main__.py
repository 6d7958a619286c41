"""`python -m tests.golden` writes every pair, the tables of docs/ and the types of queries anew. Read the diff before you commit it."""

from tests.builder import docs
from tests.builder.lint import handbook
from tests.golden import PAIRS, invitation, pairs, query_types, render
from tests.server import reference


def main() -> None:
    for case, suffix in pairs():
        case.with_suffix(suffix).write_text(render(case, suffix), encoding="utf-8")
    (PAIRS / "invitation.ics").write_bytes(invitation().encode())
    handbook.write()
    docs.write()
    reference.write()
    query_types.write()


if __name__ == "__main__":
    main()
