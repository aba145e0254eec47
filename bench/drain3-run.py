"""Groups lines with drain3 as it is installed: a JSON list of lists of lines in, groups, templates and processor seconds out."""
import json
import logging
import sys
import time

from drain3 import TemplateMiner
from drain3.masking import MaskingInstruction
from drain3.template_miner_config import TemplateMinerConfig

logging.disable(logging.CRITICAL)
MASKS = [
    MaskingInstruction(r"(?<![A-Za-z0-9])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?![A-Za-z0-9])", "*"),
    MaskingInstruction(r"(?<![A-Za-z0-9])0x[a-fA-F0-9]+(?![A-Za-z0-9])", "*"),
    MaskingInstruction(r"(?<![A-Za-z0-9])-?\d+(?![A-Za-z0-9])", "*"),
]


def mine(lines, masks):
    config = TemplateMinerConfig()
    config.masking_instructions = masks
    config.mask_prefix, config.mask_suffix = "<", ">"
    miner = TemplateMiner(config=config)
    started = time.process_time()
    ids = [miner.add_log_message(line)["cluster_id"] for line in lines]
    seconds = time.process_time() - started
    templates = {cluster.cluster_id: cluster.get_template() for cluster in miner.drain.clusters}
    return {"ids": ids, "templates": [templates[i] for i in ids], "seconds": seconds}


systems = json.load(sys.stdin)
json.dump({name: [mine(lines, masks) for lines in systems] for name, masks in (("plain", []), ("masked", MASKS))}, sys.stdout)
