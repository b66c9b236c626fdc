# Sets up logging; runs: import
import logging
import sys
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
log = logging.getLogger("widget-sample")
log.addHandler(handler)
log.setLevel(logging.INFO)
log.info("ready")
log.warning("disk is %s", "slow")
