"""The browsers of these tests themselves."""


def test_a_phone_a_desktop_and_a_browser_without_javascript_reach_the_platform(phone, desktop, no_js):
    for page in (phone, desktop, no_js):
        answer = page.goto("/health/live")

        assert answer.status == 200
