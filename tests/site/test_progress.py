"""Reading progress in Chromium, on a course of four modules: what counts, and what is kept."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect

from minicourse import KEY, TABS, card, end_of, kept, know, tab

pytestmark = pytest.mark.browser

LEAST = 10  # seconds a tab is open before it can be read
# Another program's, an older or newer form, a broken one.
GARBAGE = (
    "",
    "{",
    "null",
    "[]",
    '{"version": 2, "read": [], "done": []}',
    '{"version": 1, "read": "all", "done": []}',
    '{"version": 1, "read": [1], "done": [null], "next": {}}',
)


def stay(page: Page, seconds: int = LEAST + 1) -> None:
    page.clock.run_for(1000 * seconds)


@pytest.fixture
def slow(page: Page) -> Page:
    """A page whose clock the test turns."""
    page.clock.install()
    return page


# --- reading


def test_a_new_reader_is_led_to_the_first_module(page: Page, course: str) -> None:
    page.goto(f"{course}/index.html")
    start = page.locator(".actions .go")
    expect(start).to_have_text("Start: Alpha")
    expect(card(page, "alpha").locator(".told")).to_have_text("0 / 6")
    start.click()
    expect(page).to_have_url(f"{course}/modules/alpha.html")


def test_a_tab_is_read_when_it_was_open_for_a_while_and_its_end_was_seen(
    slow: Page, course: str
) -> None:
    slow.goto(f"{course}/modules/alpha.html")
    end = end_of(slow, tab("alpha", "Overview"))
    stay(slow)
    expect(end.locator(".told")).to_have_text("0 of 6 read")  # its end was not seen
    end.scroll_into_view_if_needed()
    stay(slow, 2)
    expect(end.locator(".told")).to_have_text("1 of 6 read")
    expect(end.locator(".six")).to_have_attribute("aria-label", "1 of 6 tabs read")
    assert kept(slow) == {
        "version": 1,
        "read": ["alpha-tab-overview"],
        "done": [],
        "next": "alpha-tab-key-concepts",
    }


def test_flipping_through_tabs_and_jumping_to_ends_is_no_reading(slow: Page, course: str) -> None:
    slow.goto(f"{course}/modules/alpha.html")
    for title in TABS:
        slow.locator(f"#{tab('alpha', title)}").click()
        end_of(slow, tab("alpha", title)).scroll_into_view_if_needed()
        stay(slow, LEAST // 2)
    assert kept(slow) == {}


def test_time_on_a_page_that_is_not_in_sight_does_not_count(slow: Page, course: str) -> None:
    slow.goto(f"{course}/modules/alpha.html")
    slow.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    end_of(slow, tab("alpha", "Overview")).scroll_into_view_if_needed()
    stay(slow)
    assert kept(slow) == {}


def test_progress_is_kept_over_a_reload_and_shown_on_the_dashboard(page: Page, course: str) -> None:
    page.goto(f"{course}/modules/alpha.html")
    end_of(page, tab("alpha", "Overview")).locator(".go").click()
    page.reload()
    expect(page.locator(".tab-end:visible .told")).to_have_text("1 of 6 read")
    page.goto(f"{course}/index.html")
    expect(card(page, "alpha").locator(".told")).to_have_text("1 / 6")
    expect(card(page, "alpha").locator("i.on")).to_have_count(1)
    expect(card(page, "beta").locator("i.on")).to_have_count(0)


def test_a_reader_goes_on_where_the_tab_before_ended(page: Page, course: str) -> None:
    page.goto(f"{course}/modules/alpha.html")
    end_of(page, tab("alpha", "Overview")).locator(".go").click()
    page.goto(f"{course}/index.html")
    go = page.locator(".actions .go")
    expect(go).to_have_text("Continue: Alpha, Key Concepts")
    go.click()
    expect(page.locator("#about-key-concepts, h3:has-text('About Key Concepts')")).to_be_visible()


def test_the_tab_that_was_open_last_is_where_to_go_on(slow: Page, course: str) -> None:
    slow.goto(f"{course}/modules/beta.html#{tab('beta', 'Math')}")
    stay(slow)
    slow.goto(f"{course}/index.html")
    expect(slow.locator(".actions .go")).to_have_text("Continue: Beta, Math")


def test_going_back_by_the_browser_shows_the_progress_made_meanwhile(
    page: Page, course: str
) -> None:
    page.goto(f"{course}/index.html")
    page.goto(f"{course}/modules/alpha.html")
    end_of(page, tab("alpha", "Overview")).locator(".go").click()
    page.go_back()
    page.go_back()
    expect(card(page, "alpha").locator(".told")).to_have_text("1 / 6")


def test_two_windows_tell_the_same(context: BrowserContext, page: Page, course: str) -> None:
    page.goto(f"{course}/index.html")
    other = context.new_page()
    other.goto(f"{course}/modules/gamma.html")
    end_of(other, tab("gamma", "Overview")).locator(".go").click()
    expect(card(page, "gamma").locator(".told")).to_have_text("1 / 6")


# --- the end of a tab


def test_the_end_of_a_tab_leads_to_the_top_of_the_next_one(page: Page, course: str) -> None:
    page.goto(f"{course}/modules/alpha.html")
    end = end_of(page, tab("alpha", "Overview"))
    expect(end.locator("a")).to_have_text(["Key Concepts →"])
    end.locator(".go").click()
    heading = page.get_by_role("heading", name="About Key Concepts")
    expect(heading).to_be_in_viewport()
    expect(page).to_have_url(f"{course}/modules/alpha.html#alpha-tab-key-concepts")
    expect(end_of(page, tab("alpha", "Key Concepts")).locator("a").first).to_have_text("← Overview")


def test_a_tab_chosen_above_opens_at_its_top(page: Page, course: str) -> None:
    page.goto(f"{course}/modules/alpha.html")
    end_of(page, tab("alpha", "Overview")).scroll_into_view_if_needed()
    page.locator(f"#{tab('alpha', 'Math')}").click()
    expect(page.get_by_role("heading", name="About Math")).to_be_in_viewport()


def test_after_the_last_tab_comes_the_next_module_and_at_last_the_dashboard(
    page: Page, course: str
) -> None:
    page.goto(f"{course}/modules/alpha.html#{tab('alpha', 'Summary')}")
    end_of(page, tab("alpha", "Summary")).locator(".go", has_text="Beta").click()
    expect(page).to_have_url(f"{course}/modules/beta.html")
    page.goto(f"{course}/modules/delta.html#{tab('delta', 'Summary')}")
    end_of(page, tab("delta", "Summary")).locator(".go", has_text="All modules").click()
    expect(page).to_have_url(f"{course}/index.html")


# --- done


def test_a_module_is_done_when_its_last_tab_is_read(page: Page, course: str) -> None:
    labels = [tab("alpha", title) for title in TABS]
    know(page, course, read=labels[:-1], done=[])
    page.goto(f"{course}/modules/alpha.html#{labels[-1]}")
    ring = page.locator(".sidebar-tree a", has_text="Alpha")
    expect(ring).to_have_text("Alpha, begun")
    end_of(page, labels[-1]).locator(".go").click()
    page.goto(f"{course}/index.html")
    expect(card(page, "alpha").locator(".told")).to_have_text("✓ Done")
    expect(page.locator(".path .meta")).to_have_text("1 of 4 modules done")
    expect(page.locator(".path .count")).to_have_text(["1 / 2", "1 module", "1 module"])
    page.goto(f"{course}/modules/beta.html")
    expect(ring).to_have_text("Alpha, read")
    expect(page.locator(".sidebar-tree summary").first).to_have_text("Foundations1 / 2")


def test_a_reader_may_call_a_module_done_and_not_done(page: Page, course: str) -> None:
    page.goto(f"{course}/modules/gamma.html#{tab('gamma', 'Summary')}")
    end = end_of(page, tab("gamma", "Summary"))
    end.get_by_role("button", name="Mark as done").click()
    expect(end.locator(".told")).to_have_text("✓ Done")
    assert kept(page)["done"] == ["gamma"]
    page.goto(f"{course}/index.html")
    expect(page.locator(".actions .go")).to_have_text("Continue: Delta, Overview")
    expect(page.locator(".path a.done")).to_have_text(["Training1 / 1"])
    page.goto(f"{course}/modules/gamma.html#{tab('gamma', 'Summary')}")
    end.get_by_role("button", name="Mark as not done").click()
    expect(end.locator(".told")).to_have_text("0 of 6 read")
    assert kept(page)["done"] == []


def test_what_was_read_stays_read_in_a_module_that_is_called_not_done(
    page: Page, course: str
) -> None:
    labels = [tab("alpha", title) for title in TABS]
    know(page, course, read=labels, done=["alpha"])
    page.goto(f"{course}/modules/alpha.html#{labels[-1]}")
    end = end_of(page, labels[-1])
    end.get_by_role("button", name="Mark as not done").click()
    end.locator(".go").click()
    assert kept(page)["done"] == []
    page.goto(f"{course}/index.html")
    expect(card(page, "alpha").locator(".told")).to_have_text("6 / 6")


# --- what is kept, as a file


@pytest.fixture
def panel(page: Page, course: str) -> Locator:
    """The tools of a reader who has read one tab and one module."""
    know(page, course, read=[tab("alpha", "Math")], done=["beta"], then=tab("gamma", "Math"))
    page.get_by_text("Your progress").click()
    return page.locator(".progress-tools")


def test_progress_can_be_taken_to_another_browser_as_a_file(
    page: Page, course: str, panel: Locator, browser: Browser, tmp_path: Path
) -> None:
    with page.expect_download() as download:
        panel.get_by_text("Save as a file").click()
    assert download.value.suggested_filename == "dlcv-progress.json"
    file = tmp_path / "saved.json"
    download.value.save_as(file)
    with browser.new_context() as elsewhere:
        other = elsewhere.new_page()
        know(other, course, read=[tab("delta", "Math")], done=[])
        other.get_by_text("Your progress").click()
        other.locator("input[type=file]").set_input_files(file)
        status = other.locator(".progress-tools [role=status]")
        expect(status).to_have_text("Taken over. Tabs read: 1, modules done: 1.")
        expect(card(other, "beta").locator(".told")).to_have_text("✓ Done")
        expect(card(other, "delta").locator(".told")).to_have_text("1 / 6")  # it kept its own
        expect(other.locator(".actions .go")).to_have_text("Continue: Gamma, Math")


def test_a_file_of_something_else_is_refused_and_changes_nothing(
    page: Page, panel: Locator, tmp_path: Path
) -> None:
    before = kept(page)
    for n, content in enumerate(GARBAGE):
        file = tmp_path / f"holiday-{n}.json"
        file.write_text(content)
        panel.locator("input[type=file]").set_input_files(file)
        told = f"holiday-{n}.json is not a file that was saved here. Nothing has changed."
        expect(panel.locator("[role=status]")).to_have_text(told)
        assert kept(page) == before, content


def test_progress_is_forgotten_only_when_the_reader_is_sure(page: Page, panel: Locator) -> None:
    answers = iter([False, True])

    def answer(dialog: Dialog) -> None:
        dialog.accept() if next(answers) else dialog.dismiss()

    page.on("dialog", answer)
    panel.get_by_role("button", name="Forget").click()
    assert kept(page)["done"] == ["beta"]
    panel.get_by_role("button", name="Forget").click()
    expect(panel.locator("[role=status]")).to_have_text("Forgotten.")
    assert page.evaluate(f"localStorage.getItem('{KEY}')") is None
    expect(page.locator(".actions .go")).to_have_text("Start: Alpha")


def test_garbage_in_the_store_counts_as_nothing(page: Page, course: str) -> None:
    page.goto(f"{course}/modules/alpha.html")
    for stored in GARBAGE:
        page.evaluate(f"text => localStorage.setItem('{KEY}', text)", stored)
        page.reload()
        end = page.locator(".tab-end:visible")
        expect(end.locator(".told")).to_have_text("0 of 6 read")
        label = end.get_attribute("data-tab")
        end.locator(".go").click()
        assert kept(page)["read"] == [label], stored


def test_a_browser_that_stores_nothing_shows_progress_on_the_page_and_says_so(
    page: Page, course: str
) -> None:
    page.add_init_script(f"""
        for (const name of ["getItem", "setItem", "removeItem"]) {{
            const real = Storage.prototype[name];
            Storage.prototype[name] = function (key, ...rest) {{
                if (key === "{KEY}") throw new DOMException("blocked", "SecurityError");
                return real.call(this, key, ...rest);
            }};
        }}
    """)
    page.goto(f"{course}/modules/alpha.html")
    end_of(page, tab("alpha", "Overview")).locator(".go").click()
    expect(page.locator(".tab-end:visible .told")).to_have_text("1 of 6 read")
    page.goto(f"{course}/index.html")
    page.get_by_text("Your progress").click()
    told = "Your browser keeps nothing for this page: progress ends with it."
    expect(page.locator(".progress-tools [role=status]")).to_have_text(told)
