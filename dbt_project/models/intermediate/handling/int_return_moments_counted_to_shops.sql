with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

receipts as (
    select count(case when receipts.graded_at < shop.known_before_at then 1 end) as graded_count
    from {{ ref('stg_shop__return_receipts') }} as receipts
    cross join shop
    where receipts.received_at < shop.known_before_at or receipts.is_received_day_unknown
),

stocks as (
    select count(case when is_restocked then 1 end) as restocked_count
    from {{ ref('int_return_receipts_settled_to_stocks') }}
),

refunds as (
    select count(*) as refund_count
    from {{ ref('fct_refunds') }}
),

exchanges as (
    select count(*) as exchange_count
    from {{ ref('fct_exchanges') }}
),

-- A shop whose refunds are not paid says that nothing is resolved; one without any says nothing.
final as (
    select
        receipts.graded_count > 0 as has_grading_moments,
        stocks.restocked_count > 0 as has_restocking,
        refunds.refund_count + exchanges.exchange_count > 0 as has_settlements
    from receipts
    cross join stocks
    cross join refunds
    cross join exchanges
)

select * from final
