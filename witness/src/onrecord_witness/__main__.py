"""So that it also runs as `python -m onrecord_witness`."""

import sys

from onrecord_witness.cli import main

sys.exit(main())
