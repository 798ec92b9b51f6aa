{%- set parts = [
    'net_sales', 'goods_cost', 'outbound_freight', 'exchange_freight', 'inbound_freight',
    'inspection', 'repack', 'service', 'refund_fee', 'value_loss', 'bonus', 'return_cost',
    'contribution'
] -%}
{%- set costed = ['goods_cost', 'value_loss', 'return_cost', 'contribution'] -%}
with

contributions as (
    select
        sku,
        style_id,
        channel_name,
        delivered_count,
        {% for part in parts -%}
            {{ part }}_amount,
        {% endfor -%}
        uncosted_count,
        is_freight_assumed,
        cast(date_trunc('month', cohort_date) as date) as cohort_month_date
    from {{ ref('fct_contributions') }}
),

summed as (
    select
        sku,
        style_id,
        channel_name,
        cohort_month_date,
        count(*) as episode_count,
        sum(delivered_count) as delivered_count,
        {% for part in parts -%}
            sum({{ part }}_amount) as {{ part }}_amount,
        {% endfor -%}
        sum(uncosted_count) as uncosted_count,
        count(case when is_freight_assumed then 1 end) as assumed_freight_episode_count
    from contributions
    group by sku, style_id, channel_name, cohort_month_date
),

-- A part of the units without a cost makes the whole not measurable.
final as (
    select
        sku,
        style_id,
        channel_name,
        episode_count,
        cast(delivered_count as bigint) as delivered_count,
        {% for part in parts -%}
            {% if part in costed -%}
                cast(case when uncosted_count = 0 then {{ part }}_amount end as bigint)
                    as {{ part }}_amount,
            {% else -%}
                cast({{ part }}_amount as bigint) as {{ part }}_amount,
            {% endif -%}
        {% endfor -%}
        cast(uncosted_count as bigint) as uncosted_count,
        assumed_freight_episode_count,
        cohort_month_date
    from summed
    order by sku, channel_name, cohort_month_date nulls last
)

select * from final
