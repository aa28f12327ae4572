"""``python -m eligibility``."""

import gc
import sys

gc.disable()  # a call is over before there is anything to collect

from eligibility.cli import main  # noqa: E402

code = main(sys.argv[1:])
gc.freeze()  # nor is there at the end
sys.exit(code)
