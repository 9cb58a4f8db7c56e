"""How the sandbox's page reads Slack's mrkdwn."""

from sandbox.server import PAGE_FOLDER
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
}


def test_mrkdwn_is_read_as_slack_reads_it(sit: Sit) -> None:
    page = sit("Ana")
    assert {text: page.evaluate(DRAW, text) for text in SAMPLES} == SAMPLES


def test_no_module_of_the_page_writes_html() -> None:
    writers = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval(")
    modules = {path.name: path.read_text(encoding="utf-8") for path in PAGE_FOLDER.rglob("*.js")}
    assert len(modules) > 20
    assert [name for name, text in modules.items() if any(writer in text for writer in writers)] == []
