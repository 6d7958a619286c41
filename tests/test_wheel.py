"""Builds and installs the wheel and runs it to the first lead, in an empty folder without the checkout, Node or a home folder's files."""

from __future__ import annotations

import http.cookiejar
import os
import re
import subprocess
import sys
import sysconfig
import urllib.parse
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.browser import AGENT
from tests.journeys.site import end, eventually
from tests.server.sending.mailserver import free_port

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    offline = ("--no-deps", "--no-build-isolation", "--no-index")
    subprocess.run([*PIP, "wheel", *offline, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a virtual environment that has the suite's libraries but not the checkout; return the folder of its
    commands.
    """
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin/python"
    subprocess.run(
        [*PIP, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
    )
    (packages,) = home.glob("lib/python3*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin"


def test_the_wheel_carries_every_file_that_the_code_reads_and_no_test(wheel: Path) -> None:
    carried = set(ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    code = {name for name in tracked if name.startswith(("builder/", "server/"))}
    beside = {f"server/_shipped/{name}" for name in tracked if name.startswith(("templates/", "static/"))}
    assert len(beside) > 150
    assert (code | beside) - carried == set()
    assert {name for name in carried - code - beside if ".dist-info/" not in name} == set()


def test_an_empty_folder_a_wheel_and_one_command_lead_to_the_first_lead(installed: Path, tmp_path: Path) -> None:
    with demo(installed, tmp_path) as (url, link):
        browser = Browser(url)
        page = browser.get(link)
        assert "Welcome to Acto" in page
        inbox = browser.post(link, csrf_token=found(r'name="csrf_token" value="([^"]+)"', page))
        assert "Start here" in inbox
        mail = browser.get("/inbox/first")
        lead = found(r'href="(/leads/[^"]+)">See the lead', mail)
        letter = browser.get(found(r'src="(/inbox/[^"]+/html)"', mail))
        answer = found(r'href="https?://[^/"]+(/a/[^"/]+/yes)"', letter)
        page = browser.get(answer)
        nonce = found(r'name="nonce" value="([^"]+)"', page)
        pressed = {"choice": "yes", "nonce": nonce, "gesture": "touch", "dwell": "1500", "visible": "1"}
        browser.post(answer.rpartition("/")[0], **pressed)
        eventually(lambda: "interest +40" in browser.get(lead))
        assert "Warm" in browser.get("/leads")
        assert "Contraseña" in Browser(url).get("/sign-in", language="es")
        assert "--accent" in browser.get("/static/css/tokens.css")
    assert (tmp_path / "here/templates/emails/diagnosis/body.mjml").exists(), "the starters, to be changed"


def test_what_was_installed_answers_to_its_other_commands(installed: Path, tmp_path: Path) -> None:
    environ = place(installed, tmp_path)

    def acto(*words: str) -> str:
        command = [str(installed / "acto"), *words]
        done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    assert "0.1.0" in acto("--version")
    assert "templates/emails/hello" in acto("new", "hello")
    assert "error" not in acto("lint", "templates/emails/hello").lower().replace("0 errors", "")
    where = [str(installed / "python"), "-c", "import server; print(server.__file__)"]
    at = subprocess.run(where, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True).stdout
    assert at.startswith(str(installed.parent)), "the checkout had no part in this"


class Browser:
    """A client that follows redirects, keeps cookies and asks for English."""

    def __init__(self, url: str) -> None:
        self._url = url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def get(self, path: str, language: str = "") -> str:
        return self._open(path, None, language)

    def post(self, path: str, **form: str) -> str:
        return self._open(path, urllib.parse.urlencode(form).encode())

    def _open(self, path: str, body: bytes | None, language: str = "") -> str:
        headers = {"Accept-Language": language or "en", "User-Agent": AGENT}
        request = urllib.request.Request(urllib.parse.urljoin(self._url, path), body, headers)
        with self._opener.open(request, timeout=20) as reply:
            return str(reply.read().decode("utf-8"))


def place(installed: Path, folder: Path) -> dict[str, str]:
    """Return an environment without variables of this process, with an empty home and only the virtual environment on the path."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return {"PATH": str(installed), "HOME": str(home), "LANG": os.environ.get("LANG", "C.UTF-8")}


@contextmanager
def demo(installed: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Run `acto demo` in an empty folder; yield its address and the link that it prints."""
    here, log, port = folder / "here", folder / "demo.log", free_port()
    here.mkdir()
    command = [str(installed / "acto"), "demo", "--port", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=here, env=place(installed, folder), stdout=out, stderr=out)
        try:
            eventually(lambda: "Ctrl-C" in log.read_text() or process.poll() is not None, START_SECONDS)
            said = log.read_text(encoding="utf-8")
            assert "acto demo --story" in said, said
            yield f"http://127.0.0.1:{port}", found(r"(http\S+/start/\S+)", said)
        finally:
            end(process)


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, f"no {pattern} in: {text[:2000]}"
    return match[1]
