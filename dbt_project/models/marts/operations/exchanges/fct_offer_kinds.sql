with

kinds as (
    select
        offer_kind_code,
        answered_count,
        accepted_count,
        accept_millionths
    from {{ ref('int_return_requests_offered_to_kinds') }}
),

costs as (
    select
        freight_amount,
        second_return_line_amount,
        second_return_unit_amount,
        saved_refund_amount
    from {{ ref('int_cost_parameters_summed_to_offers') }}
),

final as (
    select
        kinds.offer_kind_code,
        cast(kinds.answered_count as bigint) as answered_count,
        cast(kinds.accepted_count as bigint) as accepted_count,
        {{ from_millionths('kinds.accept_millionths') }} as accept_probability,
        costs.freight_amount,
        costs.second_return_line_amount,
        costs.second_return_unit_amount,
        costs.saved_refund_amount
    from kinds
    cross join costs
    order by kinds.offer_kind_code
)

select * from final
