with

costs as (
    select
        outbound_freight_amount,
        inbound_freight_amount,
        repack_amount,
        cast(round(service_minutes * hourly_wage_amount / 60.0) as bigint) as service_amount,
        cast(round(inspection_minutes * hourly_wage_amount / 60.0) as bigint)
            as inspection_amount,
        hourly_wage_amount
    from {{ ref('int_cost_parameters_pivoted_to_shops') }}
),

parameters as (
    select
        refund_fee_amount,
        refund_minutes,
        subsidy_amount
    from {{ ref('int_exchange_parameters_pivoted_to_shops') }}
),

-- What a refund costs the shop by its own ledger, if that names fees.
fees as (
    select cast(round(avg(fee_amount)) as bigint) as fee_amount
    from {{ ref('fct_refunds') }}
    where is_paid and method_code <> 'credit'
),

final as (
    select
        costs.outbound_freight_amount as freight_amount,
        costs.inbound_freight_amount + costs.service_amount as second_return_line_amount,
        costs.inspection_amount + costs.repack_amount as second_return_unit_amount,
        coalesce(fees.fee_amount, parameters.refund_fee_amount)
        + cast(round(parameters.refund_minutes * costs.hourly_wage_amount / 60.0) as bigint)
            as saved_refund_amount,
        parameters.subsidy_amount
    from costs
    cross join parameters
    cross join fees
)

select * from final
