"""What no page of somebody who may be watched says aloud."""

import re

NAMED = re.compile(r"prostitu|exploit|sexuel|sexual|proxén|victim|fugue|runaway", re.IGNORECASE)
