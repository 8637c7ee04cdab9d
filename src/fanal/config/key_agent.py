"""``python -m fanal.config.key_agent SOCKET KEYRING``: hold the root key, in memory alone."""

import sys
from pathlib import Path

from fanal.ground.privacy.sealing.agent import make_server, stay_in_memory


def main() -> None:
    address, keyring = map(Path, sys.argv[1:3])
    stay_in_memory()
    with make_server(address, keyring) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
