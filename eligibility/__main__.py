"""``python -m eligibility``."""

import sys

from eligibility.cli import main

sys.exit(main(sys.argv[1:]))
