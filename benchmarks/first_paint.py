"""When a slow phone shows the first page: `python -m benchmarks.first_paint`.

Chromium with its own throttling: 400 kbit/s both ways, 400 ms until a response begins, a quarter of this processor's
speed, nothing cached. Its throttling adds the 400 ms to each request and not to opening the connection.
"""

from __future__ import annotations

from playwright.sync_api import Browser, sync_playwright

from benchmarks import databases
from benchmarks.machine import machine, percentile, print_table
from benchmarks.serving import served
from benchmarks.trial import SLUGS, open_trial, session_on

KBIT_A_SECOND, LATENCY_MS, TIMES_SLOWER = 400, 400, 4
ROUNDS = 7
TARGET_MS = 1500
CHROMIUM = "/usr/bin/chromium"
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    print(machine())
    print(f"\n{KBIT_A_SECOND} kbit/s, {LATENCY_MS} ms, {TIMES_SLOWER}x slower; {ROUNDS} cold visits each,")
    print(f"the first of the process not counted. The target is {TARGET_MS:,} ms.")
    rows = []
    with databases.folder() as instance, databases.sqlite() as url:
        with session_on(url) as session:
            open_trial(session)
        with served(instance, url, workers=1) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
            )
            for language, slug in SLUGS.items():
                address = f"http://127.0.0.1:{server.port}/c/{slug}/{language}/"
                _first_paint(browser, address)
                times = [_first_paint(browser, address) for _ in range(ROUNDS)]
                figures = (min(times), percentile(times, 0.5), max(times))
                rows.append((language, *(f"{time:,.0f}" for time in figures)))
            version = browser.version
            browser.close()
    print_table((f"language (Chromium {version})", "shortest ms", "median ms", "longest ms"), rows)


def _first_paint(browser: Browser, address: str) -> float:
    """Milliseconds from the start of the navigation to the first contentful paint (W3C Paint Timing)."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    developer = context.new_cdp_session(page)
    developer.send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
    bytes_a_second = KBIT_A_SECOND * 1000 / 8
    conditions = {"offline": False, "latency": LATENCY_MS}
    conditions |= {"downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second}
    developer.send("Network.emulateNetworkConditions", conditions)
    page.goto(address)
    page.wait_for_function(_PAINTED, timeout=30_000)
    painted = float(page.evaluate(_PAINTED))
    context.close()
    return painted


if __name__ == "__main__":
    main()
