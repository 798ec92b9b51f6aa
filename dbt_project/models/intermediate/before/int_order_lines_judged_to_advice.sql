with

shop as (
    select
        as_of_date,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

-- Of an order with several sizes of the style, nothing says which one was meant.
order_lines as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        order_lines.sku,
        order_lines.channel_name,
        order_lines.delivered_count,
        coalesce(order_lines.delivered_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        {{ days_between('order_lines.delivered_date', 'shop.as_of_date') }} as age_days,
        {{ to_week_start('order_lines.delivered_date') }} as week_start_date
    from {{ ref('fct_order_lines') }} as order_lines
    cross join shop
    cross join policies
    where
        not order_lines.is_exchange_leg
        and not order_lines.is_size_bracketed
        and order_lines.delivered_count > 0
        and order_lines.delivered_date <= shop.as_of_date
),

advised as (
    select
        order_line_id,
        upper(trim(advised_size_label)) as advised_size_label
    from {{ ref('stg_shop__order_lines') }}
),

products as (
    select
        sku,
        coalesce(category_name, 'unknown') as category_name,
        upper(trim(size_label)) as size_label
    from {{ ref('dim_products') }}
    where size_label is not null
),

curves as (
    select
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        {{ to_millionths('developed_share') }} as developed_millionths
    from {{ ref('int_return_lags_estimated_to_curves') }}
    where is_current
),

evidence as (
    select
        order_line_id,
        {{ to_millionths('size_units') }} as size_millionths
    from {{ ref('fct_fit_evidence') }}
    where size_units > 0
),

asked as (
    select contacts.order_id
    from {{ ref('stg_shop__contacts') }} as contacts
    cross join shop
    where contacts.topic_code = 'size' and contacts.contacted_at < shop.known_before_at
    group by contacts.order_id
),

joined as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        order_lines.channel_name,
        order_lines.delivered_count,
        order_lines.is_after_policy_change,
        order_lines.age_days,
        products.category_name,
        case
            when advised.advised_size_label is null then 'none'
            when advised.advised_size_label = products.size_label then 'followed'
            else 'not_followed'
        end as group_code,
        order_lines.week_start_date
    from order_lines
    inner join products on order_lines.sku = products.sku
    inner join advised on order_lines.order_line_id = advised.order_line_id
),

final as (
    select
        joined.order_line_id,
        joined.channel_name,
        joined.category_name,
        joined.group_code,
        joined.delivered_count,
        cast(joined.delivered_count * curves.developed_millionths as bigint)
            as developed_millionths,
        coalesce(evidence.size_millionths, 0) as size_millionths,
        asked.order_id is not null as is_asked_about,
        joined.week_start_date
    from joined
    inner join curves on {{ match_curve('joined', 'joined.age_days') }}
    left join evidence on joined.order_line_id = evidence.order_line_id
    left join asked on joined.order_id = asked.order_id
)

select * from final
