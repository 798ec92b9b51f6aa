with

exchanges as (
    select
        from_sku,
        exchange_kind_code,
        size_step_count
    from {{ ref('fct_exchanges') }}
    where is_shipped
),

products as (
    select
        sku,
        style_id
    from {{ ref('dim_products') }}
),

final as (
    select
        products.style_id,
        exchanges.exchange_kind_code,
        exchanges.size_step_count,
        count(*) as exchange_count
    from exchanges
    inner join products on exchanges.from_sku = products.sku
    group by products.style_id, exchanges.exchange_kind_code, exchanges.size_step_count
    order by
        products.style_id asc,
        exchanges.exchange_kind_code asc,
        exchanges.size_step_count asc nulls last
)

select * from final
