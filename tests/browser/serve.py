"""``python serve.py PORT``: the product's own server, until told to stop; says when it is open."""

import sys

from deadlines import deadline
from fanal.config import serving
from fanal.config.commands.interruptions import heed_interruptions


def main() -> None:
    heed_interruptions()
    # One browser visits: a second process of the web server would only be longer to start.
    serving.WEB_PROCESSES = 1
    serving.OPENING_SECONDS = deadline(serving.OPENING_SECONDS)
    try:
        serving.serve(
            host="127.0.0.1", port=int(sys.argv[1]), opened=lambda: print("ouvert", flush=True)
        )
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
