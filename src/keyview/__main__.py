"""`python -m keyview`."""

import sys

from keyview.cli import main

sys.exit(main())
