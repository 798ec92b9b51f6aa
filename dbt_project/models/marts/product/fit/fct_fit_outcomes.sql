with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

products as (
    select
        sku,
        style_id,
        coalesce(size_label, 'unknown') as size_label,
        coalesce(category_name, 'unknown') as category_name,
        brand_name
    from {{ ref('dim_products') }}
),

-- From here on what has not come back is taken as kept.
curves as (
    select
        category_name,
        channel_name,
        is_after_policy_change,
        age_days
    from {{ ref('int_return_lags_estimated_to_curves') }}
    where is_current and developed_share >= 0.95
),

order_lines as (
    select
        order_line_id,
        customer_id,
        sku,
        channel_name,
        returned_count,
        delivered_date
    from {{ ref('fct_order_lines') }}
    where
        not is_exchange_leg
        and not is_size_bracketed
        and delivered_count > 0
        and delivered_date is not null
),

counted as (
    select count(*) as line_count
    from order_lines
),

-- Whole customers, so that what is learned of one rests on all that she bought.
sampled as (
    select order_lines.*
    from order_lines
    cross join counted
    where
        {{ hash_columns(['coalesce(order_lines.customer_id, order_lines.order_line_id)']) }}
        % 1000000
        < 1000000.0 * {{ most_outcome_lines() }} / counted.line_count
),

joined as (
    select
        sampled.order_line_id,
        sampled.customer_id,
        products.style_id,
        products.size_label,
        products.category_name,
        products.brand_name,
        sampled.channel_name,
        sampled.returned_count,
        coalesce(sampled.delivered_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        {{ days_between('sampled.delivered_date', 'shop.as_of_date') }} as age_days
    from sampled
    inner join products on sampled.sku = products.sku
    cross join shop
    cross join policies
),

developed as (
    select joined.*
    from joined
    inner join curves on {{ match_curve('joined', 'joined.age_days') }}
),

evidence as (
    select
        order_line_id,
        feedback_code,
        small_units,
        large_units,
        size_units
    from {{ ref('fct_fit_evidence') }}
),

-- What comes back for size without a direction says neither; what comes back for another reason
-- was not said to be small or large.
judged as (
    select
        developed.order_line_id,
        developed.customer_id,
        developed.style_id,
        developed.size_label,
        nullif(developed.category_name, 'unknown') as category_name,
        developed.brand_name,
        case
            when
                evidence.small_units >= {{ decided_probability() }}
                and evidence.small_units > evidence.large_units
                then 'small'
            when
                evidence.large_units >= {{ decided_probability() }}
                and evidence.large_units > evidence.small_units
                then 'large'
            when evidence.size_units > 0 then null
            when evidence.feedback_code is not null then evidence.feedback_code
            else 'fit'
        end as outcome_code
    from developed
    left join evidence on developed.order_line_id = evidence.order_line_id
),

final as (
    select
        order_line_id,
        customer_id,
        style_id,
        size_label,
        category_name,
        brand_name,
        outcome_code
    from judged
    where outcome_code is not null
)

select * from final
