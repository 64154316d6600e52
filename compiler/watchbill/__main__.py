"""Entry point of the ``watchbill`` command and of ``python -m watchbill``."""


def main() -> None:
    """Run the command line."""
    from watchbill.cli.boundary import run

    run()


if __name__ == "__main__":
    main()
