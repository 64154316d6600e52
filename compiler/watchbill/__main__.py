"""Entry point of the ``watchbill`` command and of ``python -m watchbill``."""

import gc
import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit."""
    # A run builds records that live until it ends and hardly any cycles; collecting costs up to half of the time.
    gc.disable()
    # Until the boundary stands, Ctrl-C just ends the process: an import that is cut short has nothing to say.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from watchbill.cli.boundary import leave, run

    try:
        run()
    except SystemExit as ended:
        leave(ended)


if __name__ == "__main__":
    main()
