"""An endpoint of one's own with a certificate of one's own."""

import ssl
from pathlib import Path

from domain.briefs import Status, WhyNot
from tests.certificates import certificate
from tests.model.answering import honest
from tests.model.server import standing_in
from tests.model.writing import at_model


def test_a_certificate_that_is_named_is_trusted_and_no_other(tmp_path: Path) -> None:
    tls, signed = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), certificate(tmp_path, "localhost")
    tls.load_cert_chain(signed)
    with standing_in(honest, tls) as model:
        url = model.url.replace("127.0.0.1", "localhost")
        with at_model(model, base_url=url, ca_file=signed) as desk:
            assert desk.write().status is Status.DECIDED
        with at_model(model, base_url=url) as desk:
            assert desk.fails().why is WhyNot.NO_ANSWER
        with at_model(model, ca_file=signed) as desk:
            assert desk.fails().why is WhyNot.NO_ANSWER
        assert len(model.requests) == 1
