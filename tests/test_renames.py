"""Checks that the comparison of two revisions finds changes that are not renames."""

from tests.renames import differences, names

BEFORE = {
    "server/pace.py": '"""Pace."""\nimport time\n\nMOST = 5\n\n\ndef rest(said):\n    return time.sleep(MOST - said)\n',
}
AFTER = {
    "server/rate_limit.py": '"""Limits."""\nimport time\n\nMOST = 5\n\n\ndef rest(text):\n    return time.sleep(MOST - text)\n',
}
RENAMED = names({"server/pace.py": "server/rate_limit.py"}, ["said=text"])


def test_a_module_and_a_word_that_are_called_otherwise_are_no_difference() -> None:
    before = BEFORE | {"server/worker.py": "from server import pace as p\n\n\ndef work():\n    p.rest(said=1)\n"}
    after = AFTER | {"server/worker.py": "from server.rate_limit import rest as r\n\n\ndef work():\n    r(text=1)\n"}
    assert not [*differences(before, after, RENAMED)]


def test_a_changed_constant_is_found() -> None:
    after = AFTER | {"server/rate_limit.py": AFTER["server/rate_limit.py"].replace("5", "6")}
    found = [*differences(_only("server/pace.py", BEFORE), _only("server/rate_limit.py", after), RENAMED)]
    assert "-server.rate_limit.MOST = 5" in found and "+server.rate_limit.MOST = 6" in found


def test_a_local_name_is_not_taken_for_the_module_of_that_name() -> None:
    before = {"server/worker.py": "from server import pace\n\n\ndef work(pace):\n    pace.rest()\n"}
    after = {"server/worker.py": "from server import rate_limit\n\n\ndef work(pace):\n    rate_limit.rest()\n"}
    assert [*differences(before, after, RENAMED)]


def test_a_function_that_moved_to_another_file_is_no_difference_where_that_is_said() -> None:
    before = {"server/a.py": "def f():\n    return g()\n\n\ndef g():\n    return 1\n"}
    after = {
        "server/a.py": "from server import b\n\n\ndef f():\n    return b.g()\n",
        "server/b.py": "def g():\n    return 1\n",
    }
    assert [*differences(before, after, names({}, []))]
    assert not [*differences(before, after, names({}, ["server.a.g=server.b.g"]))]


def _only(path: str, files: dict[str, str]) -> dict[str, str]:
    return {path: files[path]}
