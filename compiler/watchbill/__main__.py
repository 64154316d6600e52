"""Entry point of the ``watchbill`` command and of ``python -m watchbill``."""

import gc
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit."""
    # A run builds records that live until it ends and hardly any cycles; collecting costs up to half of the time.
    gc.disable()
    from watchbill.cli.boundary import run

    run()


if __name__ == "__main__":
    main()
