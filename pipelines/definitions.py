"""What Dagster loads: the audit as a graph of assets, every rule as an asset check."""

import dagster as dg

from pipelines.defs.assets import comparisons, findings, reading, records, report
from pipelines.defs.resources import Desk

defs = dg.Definitions(
    assets=[reading, records, comparisons, findings, report],
    jobs=[
        dg.define_asset_job(
            "audit_corpus", dg.AssetSelection.all(), description="The whole audit, from files to report."
        )
    ],
    # five steps in a row and one writer: processes of their own would only cost their start
    executor=dg.in_process_executor,
    resources={"desk": Desk()},
)
