"""`python -m bot` is `muster`."""

import sys

from bot.cli import main

sys.exit(main())
