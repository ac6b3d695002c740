"""Run the command line with ``python -m chariot_gen``."""

from chariot_gen.cli import main

if __name__ == "__main__":
    main()
