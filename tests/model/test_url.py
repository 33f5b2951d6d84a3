"""Addresses: which are taken, how they are spelled, and whether they will last."""

import pytest

from vlm_survey import InvalidValueError
from vlm_survey.model.durability import passing_reason, session_reason
from vlm_survey.model.url import Url

WHOLE = "write the full URL, beginning with https://"
NAMED = "link to a public page by host name"
ASCII = "use a link with an ASCII host name, such as the DOI link"


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("HTTPS://Example.ORG", "https://example.org"),
        ("https://Example.org?id=AbC#Sec", "https://example.org?id=AbC#Sec"),
        ("https://Example.org#Sec/A", "https://example.org#Sec/A"),
        ("https://Example.org?A=b/C", "https://example.org?A=b/C"),
        ("http://a-b.example.org/Path?Q=1#F", "http://a-b.example.org/Path?Q=1#F"),
        ("https://example.org/(SICI)1097%2819980815%29", None),
        ("https://example.org/a//b;c=1,2?x=[y]&z=$!*'@~", None),
        ("https://1st.example.co", None),
        ("https://x.io", None),
        ("https://example.org/a?from=HTTP://X.org", None),
    ],
)
def test_an_address_is_taken(text: str, spelled: str | None) -> None:
    assert Url.parse(text) == (spelled or text)


@pytest.mark.parametrize(
    ("text", "problem", "fix"),
    [
        ("", "not an absolute URL", WHOLE),
        ("//example.org/a", "not an absolute URL", WHOLE),
        ("1ttp://example.org", "not an absolute URL", WHOLE),
        ("https:/example.org", "not an absolute URL", WHOLE),
        ("http:example.org", "not an absolute URL", WHOLE),
        ("JavaScript:alert(1)", "JavaScript: URLs are not allowed", WHOLE),
        ("ftp://example.org/a", "ftp: URLs are not allowed", WHOLE),
        (
            "https://example.org/a b",
            "space in a URL",
            "remove it, or write %20 if it belongs there",
        ),
        ("https://example.org\\a", "backslash in a URL", "use '/'"),
        (
            "https://arxiv.org@evil.example/",
            "user name before the host",
            "remove everything between '//' and '@', and the '@'",
        ),
        ("https://example.org:8080/a", "port or numeric host", f"{NAMED}, without a port"),
        ("https://[::1]/a", "port or numeric host", f"{NAMED}, without a port"),
        ("https://[a]/", "port or numeric host", f"{NAMED}, without a port"),
        (
            "https://аrxiv.org/",
            "host with non-ASCII letters, which can imitate another host",
            ASCII,
        ),
        (
            "https://XN--a.org/",
            "host with non-ASCII letters, which can imitate another host",
            ASCII,
        ),
        ("https://localhost/a", "not a public host name", NAMED),
        ("https://127.0.0.1/a", "not a public host name", NAMED),
        ("https://printer.LOCAL/a", "not a public host name", NAMED),
        ("https://a.printer.local/a", "not a public host name", NAMED),
        ("https://-a.org/", "not a public host name", NAMED),
        ("https://a..org/", "not a public host name", NAMED),
        ("https://example.org./", "not a public host name", NAMED),
        ("https:///a", "not a public host name", NAMED),
        ("https://example.org/é", "invalid character 'é' in a URL", "percent-encode it: %C3%A9"),
        ("https://example.org/a|b", "invalid character '|' in a URL", "percent-encode it: %7C"),
        ("https://example.org/{a}", "invalid character '{' in a URL", "percent-encode it: %7B"),
        ("https://example.org/100%", "invalid character '%' in a URL", "percent-encode it: %25"),
        (
            "https://example.org/\udc80",
            r"invalid character '\udc80' in a URL",
            "percent-encode it: %80",
        ),
        ("https://example.org/%zz", "invalid character '%' in a URL", "percent-encode it: %25"),
    ],
)
def test_what_is_no_address_is_refused_with_reason_and_fix(
    text: str, problem: str, fix: str
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Url.parse(text)

    assert caught.value.problem == f"{text!r}: {problem}"
    assert caught.value.fix == fix
    assert caught.value.code == "unsafe-url"


def test_an_address_knows_its_host_and_parameters() -> None:
    url = Url.parse("https://Sub.Example.org/p?b=2&a=1%20x&empty=#f?no=1")

    assert url.host == "sub.example.org"
    assert url.parameters == [("b", "2"), ("a", "1 x"), ("empty", "")]
    assert Url.parse("https://example.org/p").parameters == []
    assert url.is_below("other.org", "example.org")
    assert url.is_below("sub.example.org")
    assert not url.is_below("ample.org")
    assert not url.is_below("org.example.org")


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a#", "https://example.org/a"),
        ("https://example.org/a#part", "https://example.org/a#part"),
        ("http://example.org/a", "http://example.org/a"),
        ("http://www.nature.com/a", "https://www.nature.com/a"),
        (
            "https://example.org/a?utm_source=x&id=%20&UTM_Medium=y&fbclid=z",
            "https://example.org/a?id=%20",
        ),
        ("https://example.org/a?&id=1&&b", "https://example.org/a?id=1&b"),
        ("https://example.org/a?utm_source=x=y", "https://example.org/a"),
        ("https://example.org/a?my_utm_source=x", "https://example.org/a?my_utm_source=x"),
        ("https://example.org/a?pdf=inline+link&x=1", "https://example.org/a?x=1"),
        ("https://example.org/a?pdf=inline%20link#p", "https://example.org/a#p"),
        ("https://example.org/a?q=inline", "https://example.org/a?q=inline"),
    ],
)
def test_an_address_is_tidied(text: str, tidy: str) -> None:
    assert Url.parse(text).tidied() == tidy


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://pdf.sciencedirectassets.com/1/main.pdf", "temporary download link at pdf.sciencedirectassets.com"),
        ("https://watermark.silverchair.com/a.pdf", "temporary download link at watermark.silverchair.com"),
        ("https://ieeexplore-ieee-org.ezproxy.example.edu/a", "library proxy ieeexplore-ieee-org.ezproxy.example.edu"),
        ("https://proxy-um.library.example.edu/a", "library proxy proxy-um.library.example.edu"),
        ("https://proxy-anchor.github.io/", None),
        ("https://webvpn.example.edu/a", "library proxy webvpn.example.edu"),
        ("https://example.org/a?id=1&X-Amz-Date=2", "session parameter 'X-Amz-Date'"),
        ("https://example.org/a?TOKEN=", "session parameter 'TOKEN'"),
        ("https://example.org/a;JSESSIONID=1", "session id in the path"),
        ("https://silverchair.com/a?tokens=1", None),
        ("https://myproxystatement.org/a", None),
        ("https://example.org/expires/sig?q=token", None),
    ],
)  # fmt: skip
def test_an_address_of_one_session_is_known(text: str, reason: str | None) -> None:
    assert session_reason(Url.parse(text)) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://www.researchgate.net/a", "personal copy at www.researchgate.net"),
        ("https://tu.academia.edu/a", "personal copy at tu.academia.edu"),
        ("https://bit.ly/a", "shortened link at bit.ly"),
        ("https://goo.gl/a", "shortened link at goo.gl"),
        ("https://t.co/a", "shortened link at t.co"),
        ("https://tinyurl.com/a", "shortened link at tinyurl.com"),
        ("https://habit.ly/a", None),
        ("https://example.org/researchgate.net", None),
    ],
)
def test_an_address_that_may_pass_is_known(text: str, reason: str | None) -> None:
    assert passing_reason(Url.parse(text)) == reason
