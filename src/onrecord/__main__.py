"""``python -m onrecord``, and where the command ``onrecord`` begins."""

from __future__ import annotations

_INTERRUPTED = 130  # as in ``cli.console``, which takes half a second to load


def main() -> None:
    """The command line; an interrupt while its modules load is an exit code, too."""
    try:
        from onrecord.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(_INTERRUPTED) from None


if __name__ == "__main__":
    main()
