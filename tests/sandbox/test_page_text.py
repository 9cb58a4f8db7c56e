"""How the sandbox's page reads Slack's mrkdwn."""

import pytest

from sandbox.server import PAGE_FOLDER
from tests.sandbox.apps import FRIDAY
from tests.sandbox.browser import Sit, box, sit

__all__ = ["box", "sit"]

DRAW = """async (text) => {
    const { mrkdwn } = await import("/mrkdwn.js");
    const holder = document.createElement("div");
    holder.append(mrkdwn(text));
    return holder.innerHTML;
}"""

SAMPLES = {
    "*bold*, _italic_ and ~struck~": "<strong>bold</strong>, <em>italic</em> and <s>struck</s>",
    "(*in brackets*): fine": "(<strong>in brackets</strong>): fine",
    "*bold _and italic_*": "<strong>bold <em>and italic</em></strong>",
    "snake_case_name and 2*3*4": "snake_case_name and 2*3*4",
    "* not a list, ~5 people and ~6": "* not a list, ~5 people and ~6",
    "*never\nclosed*": "*never\nclosed*",
    "*a\u200b*\u200b\u2060*, \u200b_\u200bb\u200b_\u200b": (
        "<strong>a\u200b*\u200b\u2060</strong>, \u200b_\u200bb\u200b_\u200b"
    ),
    "`*literal*`": "<code>*literal*</code>",
    "```\na *b*\n```": '<pre class="code-block"><code>a *b*</code></pre>',
    "&lt;script&gt; &amp;lt; &amp;amp;": "&lt;script&gt; &amp;lt; &amp;amp;",
    "<script>alert(1)</script>": "<span>script</span>alert(1)<span>/script</span>",
    "&gt; one\n&gt; two\nthree": "<blockquote>one\ntwo</blockquote>three",
    "<javascript:alert(1)|click>": "<span>click</span>",
    "<!channel> and <#C404|>": (
        '<span class="mention me">@channel</span> and <span class="mention">private channel</span>'
    ),
    "no:such:emoji at 10:30:00": "no:such:emoji at 10:30:00",
    "<!date^oops^{time}|at nine>": "at nine",
    "Two:\n• *one*\n   ◦ inner\n• two\nend": (
        'Two:<ul class="bullets"><li><strong>one</strong></li><li class="deeper">inner</li><li>two</li></ul>end'
    ),
    "- not a list in mrkdwn": "- not a list in mrkdwn",
    ":+1::skin-tone-4: :tada:": "👍🏽 🎉",
    "<!subteam^S404|@ops> <mailto:a@b.c|write>": (
        '<span class="mention">@ops</span> <a href="mailto:a@b.c" target="_blank" rel="noopener noreferrer">write</a>'
    ),
}


def test_mrkdwn_is_read_as_slack_reads_it(sit: Sit) -> None:
    page = sit("Ana")
    assert {text: page.evaluate(DRAW, text) for text in SAMPLES} == SAMPLES


def test_verbatim_text_makes_no_links_of_its_own(sit: Sit) -> None:
    page = sit("Ana")
    draw = DRAW.replace("mrkdwn(text)", "mrkdwn(text, { verbatim: true })")
    assert page.evaluate(draw, "*b* https://example.com/x") == "<strong>b</strong> https://example.com/x"


MOMENT = FRIDAY.timestamp() + 9 * 3600 + 5
"""Friday's midnight in UTC: still Friday in Los Angeles, already Saturday in Berlin."""

TOKENS = {
    "{date_num}": ("2026-11-20", "2026-11-21"),
    "{date}": ("November 20th, 2026", "November 21st, 2026"),
    "{date_short}": ("Nov 20, 2026", "Nov 21, 2026"),
    "{date_long}": ("Friday, November 20th, 2026", "Saturday, November 21st, 2026"),
    "{date_pretty}": ("today", "tomorrow"),
    "{date_short_pretty}": ("today", "tomorrow"),
    "{date_long_pretty}": ("today", "tomorrow"),
    "{time}": ("16:00", "01:00"),
    "{time_secs}": ("16:00:05", "01:00:05"),
    "{ago}": ("in 9 hours", "in 9 hours"),
    "{date_short} at {time}, {nothing}": ("Nov 20, 2026 at 16:00, {nothing}", "Nov 21, 2026 at 01:00, {nothing}"),
}


@pytest.mark.parametrize(("reader", "at"), [("Dev", 0), ("Chloe", 1)])
def test_every_date_token_is_said_in_the_readers_zone(sit: Sit, reader: str, at: int) -> None:
    page = sit(reader)
    read = """async ([pattern, unix]) => {
        const { formatDate } = await import("/time.js");
        const { me } = await import("/state.js");
        return formatDate(unix, pattern, me().tz);
    }"""
    assert {token: page.evaluate(read, [token, MOMENT]) for token in TOKENS} == {
        token: said[at] for token, said in TOKENS.items()
    }


def test_neighbouring_lists_of_rich_text_nest_as_their_indents_say(sit: Sit) -> None:
    page = sit("Ana")
    draw = """async (lists) => {
        const { richText } = await import("/richtext.js");
        const item = (text) => ({ type: "rich_text_section", elements: [{ type: "text", text }] });
        const elements = lists.map(([style, indent, offset, ...items]) => (
            { type: "rich_text_list", style, indent, offset, elements: items.map(item) }
        ));
        const outline = (node) => [...node.children].map((list) => [
            list.tagName, list.start ?? 0, ...[...list.children].map((one) => (
                one.children.length > 1 ? [one.firstChild.textContent, outline(one).slice(1)] : one.textContent
            )),
        ]);
        return outline({ children: [...richText({ elements }).children] });
    }"""
    lists = [
        ["bullet", 0, 0, "a", "b"], ["ordered", 1, 0, "c"], ["bullet", 0, 0, "d"],
        ["ordered", 0, 0, "e"], ["ordered", 0, 4, "f"],
    ]  # fmt: skip
    assert page.evaluate(draw, lists) == [
        ["UL", 0, "a", ["b", [["OL", 1, "c"]]], "d"], ["OL", 1, "e"], ["OL", 5, "f"],
    ]  # fmt: skip


def test_no_module_of_the_page_writes_html() -> None:
    writers = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval(")
    modules = {path.name: path.read_text(encoding="utf-8") for path in PAGE_FOLDER.rglob("*.js")}
    assert len(modules) > 20
    assert [name for name, text in modules.items() if any(writer in text for writer in writers)] == []
