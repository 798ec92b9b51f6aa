with

orders as (
    select
        order_id,
        policy_id,
        member_tier_name,
        policy_shown_at_checkout
    from {{ ref('stg_shop__orders') }}
),

named as (
    select
        order_id,
        coalesce(nullif(trim(policy_id), ''), {{ default_policy_id() }}) as policy_id,
        member_tier_name,
        coalesce(policy_shown_at_checkout, true) as is_policy_shown
    from orders
),

-- An order that says nothing has the terms that hold where nothing is said.
final as (
    select
        order_id,
        policy_id,
        member_tier_name,
        is_policy_shown
    from named
    where
        policy_id <> {{ default_policy_id() }}
        or member_tier_name is not null
        or not is_policy_shown
    order by order_id
)

select * from final
