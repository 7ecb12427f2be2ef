"""Invented e-mails, letters and files, made in memory."""

from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

WORDS = "She said a marmalade-coloured car waits for her."
WORD_XML = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def message(
    number: str = "<one@hill.example>", words: str = WORDS, subject: str = "Worry about Zephyrine"
) -> EmailMessage:
    """An e-mail from a school, with a letter attached."""
    made = EmailMessage()
    made["From"] = "Nia Prosser <nia@hill.example>"
    made["To"] = "front-door@northbrook.example"
    made["Date"] = "Mon, 05 Oct 2026 08:12:00 +0100"
    made["Subject"] = subject
    if number:
        made["Message-ID"] = number
    made.set_content(words)
    made.add_attachment(b"letter bytes", maintype="application", subtype="pdf", filename="letter.pdf")
    made.set_boundary("=another-part=")
    return made


def html_only() -> EmailMessage:
    """An e-mail without a plain part."""
    made = EmailMessage()
    made["From"] = "nia@hill.example"
    made["Subject"] = "A worry"
    made.set_content(
        "<html><head><title>no</title><style>p {color: red}</style></head><body><p>She said &amp; wrote:</p>"
        "<script>alert(1)</script><p>A car<br>waits.</p><img src='https://tracker.example/x.png'></body></html>",
        subtype="html",
    )
    return made


def pdf(text: str = "", pages: int = 1) -> bytes:
    """A small PDF with a line of text on every page; a blank page where there is none."""
    stream = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode() if text else b""
    kids = " ".join(f"{4 + place} 0 R" for place in range(pages))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + pages} 0 R "
    bodies += [f"{page}/Resources << /Font << /F1 3 0 R >> >> >>".encode()] * pages
    bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + table + tail


def docx(*paragraphs: str, xml: str = "", packed: int = ZIP_DEFLATED) -> bytes:
    """A Word file with these paragraphs, or with a text part of one's own."""
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    held = BytesIO()
    with ZipFile(held, "w", packed) as folder:
        folder.writestr("word/document.xml", xml or WORD_XML.format(body))
    return held.getvalue()
