"""A Slack that takes 20 ms for every call and accepts everything, in a process of its own."""

import asyncio
import itertools
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

DELAY_SECONDS = 0.020


@contextmanager
def endpoint() -> Iterator[str]:
    """Its base address while it runs."""
    command = [sys.executable, "-m", "benchmarks.endpoint"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own module
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield f"http://127.0.0.1:{port}/api/"
        finally:
            process.terminate()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ids: Iterator[int]) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
    await reader.readexactly(int(length))
    await asyncio.sleep(DELAY_SECONDS)
    body = b'{"ok":true,"channel":"C1","ts":"%d.000100"}' % next(ids)
    start = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
    writer.write(start % len(body) + body)
    await writer.drain()
    writer.close()


async def _serve() -> None:
    ids = itertools.count(1_700_000_000)
    server = await asyncio.start_server(
        lambda reader, writer: _answer(reader, writer, ids), "127.0.0.1", 0, backlog=512
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
