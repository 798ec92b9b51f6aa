-- Every returned unit and yen stands in one cohort step and in one event step of the bridge.
with

differences as (
    select
        bridge_step_code,
        returned_count,
        returned_net_amount,
        unvalued_returned_count
    from {{ ref('rpt_return_bridge') }}
    where bridge_step_code = 'difference'
),

counted as (
    select
        count(*) as row_count,
        sum(abs(returned_count) + abs(returned_net_amount) + abs(unvalued_returned_count)) as gap
    from differences
)

select
    row_count,
    gap
from counted
where row_count <> 1 or gap <> 0
