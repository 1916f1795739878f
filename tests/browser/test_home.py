def test_everyone_can_open_the_home_page(phone, desktop, no_js):
    for page in (phone, desktop, no_js):
        answer = page.goto("/")

        assert answer.status == 200
