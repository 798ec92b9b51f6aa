with

orders as (
    select
        orders.policy_id,
        {{ to_shop_date('orders.ordered_at', 'shop.time_zone_name') }} as ordered_date
    from {{ ref('stg_shop__orders') }} as orders
    cross join {{ ref('int_settings_pivoted_to_shops') }} as shop
    where orders.policy_id is not null and orders.ordered_at < shop.known_before_at
),

policies as (
    select
        policy_id,
        min(ordered_date) as first_date
    from orders
    group by policy_id
),

-- The first policy of a shop changes nothing.
bounds as (
    select
        min(first_date) as first_policy_date,
        max(first_date) as last_policy_date
    from policies
),

final as (
    select
        case when last_policy_date > first_policy_date then last_policy_date end
            as policy_changed_date
    from bounds
)

select * from final
