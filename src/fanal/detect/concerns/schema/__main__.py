"""``python -m fanal.detect.concerns.schema`` prints the published schema."""

import sys

from fanal.detect.concerns.schema.published import written

sys.stdout.write(written())
