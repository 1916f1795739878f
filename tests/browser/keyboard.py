"""Going through a page with the keys alone, as someone who sees where they are."""

import re

STEPS = 80
# What marks the place: an outline or a shadow of what has the focus, or of the choice around it.
IS_SEEN = """() => {
  const here = document.activeElement;
  if (here === document.body) return true;
  const marked = [here, here.closest(".choice")].filter(Boolean).some(one => {
    const look = getComputedStyle(one);
    return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== "none";
  });
  const place = (here.closest(".choice") ?? here).getBoundingClientRect();
  return marked && place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth;
}"""
HERE = "() => { const e = document.activeElement; return (e.labels?.[0]?.innerText || e.innerText || '').trim() }"


def press(page, key):
    """Press a key that moves; wherever it leads can be seen."""
    page.keyboard.press(key)
    assert page.evaluate(IS_SEEN), f"{page.url}: nobody sees that the focus is on {_here(page)}"


def walk_to(page, words, *, key="Tab", within="main, body"):
    """Press Tab until something with these words has the focus."""
    for _step in range(STEPS):
        press(page, key)
        inside = page.evaluate("where => document.activeElement.closest(where) !== null", within)
        if inside and re.search(words, page.evaluate(HERE)):
            return
    raise AssertionError(f"{page.url}: the keyboard never came to {words!r}")


def _here(page):
    return page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
