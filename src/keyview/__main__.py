"""`python -m keyview`."""

import sys

from keyview.cli import main

if __name__ == "__main__":
    sys.exit(main())
