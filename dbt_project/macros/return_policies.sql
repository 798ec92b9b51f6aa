{#
    The decision on every request by a table of rules: one row per request.

    `kaeru replay` and `kaeru serve` render this file without dbt: what stands here calls no other
    macro and no function of one engine alone.
#}

{# The policy of an order that names none. #}
{% macro default_policy_id() -%}
    'standard'
{%- endmacro %}

{# A table of rules with the columns and types that the decision reads; drafts have a name too. #}
{% macro type_policy_rules(relation, has_names=false) -%}
    select
        {% if has_names %}draft_name,
        {% endif -%}
        policy_id,
        version as policy_version,
        rule_id,
        effect as effect_code,
        coalesce(day_basis, 'delivered') as day_basis_code,
        reason_side as reason_side_code,
        -- Between bars, so that a tier is found whole.
        concat('|', tier_min, '|') as tiers_text,
        resolutions as resolutions_text,
        shipping_payer as shipping_payer_code,
        reason_code as decision_reason_code,
        message_ja as message_ja_text,
        message_en as message_en_text,
        cast(priority as bigint) as priority_number,
        cast(max_days as bigint) as max_days,
        cast(max_returns_90d as bigint) as max_returns_count,
        tier_min is not null as has_tiers,
        cast(sale as boolean) as is_sale,
        cast(final_sale as boolean) as is_final_sale,
        cast(hygiene as boolean) as is_hygiene,
        cast(gift as boolean) as is_gift,
        coalesce(cast(unworn_required as boolean), false) as is_unworn_required,
        coalesce(cast(counts_first_day as boolean), false) as is_first_day_counted,
        reason_side is null
        and sale is null
        and final_sale is null
        and hygiene is null
        and not coalesce(cast(unworn_required as boolean), false)
        and gift is null
        and tier_min is null
        and max_returns_90d is null
        and max_days is null as is_catch_all,
        cast(valid_from as date) as valid_from_date,
        cast(valid_to as date) as valid_to_date
    from {{ relation }}
{%- endmacro %}

{# Shop days that a rule counts up to the request; both relations by their names. #}
{% macro count_policy_days(requests, rules) -%}
    (
        case {{ rules }}.day_basis_code
            when 'shipped' then {{ requests }}.since_shipped_days
            when 'ordered' then {{ requests }}.since_ordered_days
            else {{ requests }}.since_delivered_days
        end
        + case when {{ rules }}.is_first_day_counted then 1 else 0 end
    )
{%- endmacro %}

{#
    Requests against rules: the version of the policy by the day of the order, then the first rule
    that fits by priority. A rule about other goods or customers lies farther away than one that
    only came too late: its condition weighs 10.

    A denial speaks of requests of the customer's side alone: what is the shop's or the carrier's
    fault, or was ordered without the terms being shown, is never denied. No rule: a denial with
    the nearest rule and what it missed; on the other sides a review. What cannot be judged by any
    rule (blocked_code, no version on that day) is reviewed.
#}
{% macro decide_requests(requests, rules) -%}
    {%- set conditions = [
        ('final_sale', 10, '(rules.is_final_sale is null or rules.is_final_sale = placed.is_final_sale)'),
        ('sale', 10, '(rules.is_sale is null or rules.is_sale = placed.is_sale)'),
        ('hygiene', 10, '(rules.is_hygiene is null or rules.is_hygiene = placed.is_hygiene)'),
        ('gift', 10, '(rules.is_gift is null or rules.is_gift = placed.is_gift)'),
        ('tier', 10,
         "(not rules.has_tiers or replace(rules.tiers_text, placed.tier_text, '') <> rules.tiers_text)"),
        ('worn', 1, '(not rules.is_unworn_required or not placed.is_worn)'),
        ('too_often', 1,
         '(rules.max_returns_count is null or placed.returns_90d_count <= rules.max_returns_count)'),
        ('too_late', 1,
         '(rules.max_days is null or ' ~ count_policy_days('placed', 'rules') ~ ' <= rules.max_days)')
    ] -%}
    with rules as (
        select * from {{ rules }}
    ),

    versions as (
        select
            policy_id,
            policy_version,
            min(valid_from_date) as valid_from_date,
            case when count(valid_to_date) = count(*) then max(valid_to_date) end as valid_to_date
        from rules
        group by policy_id, policy_version
    ),

    placed as (
        select
            requests.*,
            versions.policy_version,
            concat('|', coalesce(requests.member_tier_name, ''), '|') as tier_text
        from {{ requests }} as requests
        left join versions
            on
                requests.policy_id = versions.policy_id
                and requests.ordered_date >= versions.valid_from_date
                and (versions.valid_to_date is null or requests.ordered_date <= versions.valid_to_date)
    ),

    matched as (
        select
            placed.return_line_id,
            min(rules.priority_number) as priority_number
        from placed
        inner join rules
            on
                placed.policy_id = rules.policy_id
                and placed.policy_version = rules.policy_version
        where
            placed.blocked_code is null
            and (rules.reason_side_code is null or rules.reason_side_code = placed.reason_side_code)
            and (rules.effect_code <> 'deny' or placed.reason_side_code = 'customer')
            {%- for name, weight, is_met in conditions %}
            and {{ is_met }}
            {%- endfor %}
        group by placed.return_line_id
    ),

    ruled as (
        select
            placed.*,
            rules.rule_id,
            rules.day_basis_code,
            rules.max_days,
            rules.resolutions_text,
            rules.shipping_payer_code,
            rules.decision_reason_code,
            coalesce(rules.is_catch_all, placed.reason_side_code = 'customer') as is_nearest_asked,
            case
                when placed.blocked_code is not null then placed.blocked_code
                when placed.policy_version is null then 'no_version'
                when rules.rule_id is null then 'no_rule'
                else 'rule'
            end as cause_code,
            case
                when placed.blocked_code is not null or placed.policy_version is null
                    then 'review'
                when rules.rule_id is not null then rules.effect_code
                when placed.reason_side_code = 'customer' then 'deny'
                else 'review'
            end as effect_code,
            {{ count_policy_days('placed', 'rules') }} as counted_days
        from placed
        left join matched on placed.return_line_id = matched.return_line_id
        left join rules
            on
                placed.policy_id = rules.policy_id
                and placed.policy_version = rules.policy_version
                and matched.priority_number = rules.priority_number
    ),

    -- How far a rule is away, its priority and what it misses first, as one whole number.
    missed as (
        select
            placed.return_line_id,
            min(
                1000000 * (
                    {%- for name, weight, is_met in conditions %}
                    {% if not loop.first %}+ {% endif %}case when {{ is_met }} then 0 else {{ weight }} end
                    {%- endfor %}
                )
                + 100 * rules.priority_number
                + case
                    {%- for name, weight, is_met in conditions %}
                    when not coalesce({{ is_met }}, false) then {{ loop.index }}
                    {%- endfor %}
                    else 0
                end
            ) as nearest_number
        from ruled as placed
        inner join rules
            on
                placed.policy_id = rules.policy_id
                and placed.policy_version = rules.policy_version
        where
            placed.effect_code = 'deny'
            and placed.is_nearest_asked
            and rules.effect_code = 'approve'
            and coalesce(rules.reason_side_code, 'customer') = 'customer'
        group by placed.return_line_id
    )

    select
        ruled.return_line_id,
        ruled.policy_version,
        ruled.rule_id,
        ruled.effect_code,
        ruled.cause_code,
        nearest.rule_id as nearest_rule_id,
        case missed.nearest_number % 100
            {%- for name, weight, is_met in conditions %}
            when {{ loop.index }} then '{{ name }}'
            {%- endfor %}
        end as missed_code,
        ruled.decision_reason_code,
        ruled.resolutions_text,
        ruled.shipping_payer_code,
        case when ruled.max_days is not null then ruled.day_basis_code end as day_basis_code,
        case when ruled.max_days is not null then ruled.counted_days end as counted_days
    from ruled
    left join missed on ruled.return_line_id = missed.return_line_id
    left join rules as nearest
        on
            ruled.policy_id = nearest.policy_id
            and ruled.policy_version = nearest.policy_version
            and missed.nearest_number % 1000000 - missed.nearest_number % 100
            = 100 * nearest.priority_number
{%- endmacro %}

{# Whether the customer says that the goods were used; nothing said counts as unused. #}
{% macro is_usage_worn(usage_text) -%}
    coalesce(
        lower(trim({{ usage_text }})) in (
            'worn', 'used', 'washed', 'opened', 'altered', 'tags_removed',
            '使用済み', '使用済', '使用', '着用済み', '着用済', '着用', '洗濯済み', '洗濯済', '開封済み', '開封済'
        ),
        false
    )
{%- endmacro %}

{# Whose side a request is on: of the reason's fault, and of what the customer was shown. #}
{% macro judge_reason_side(fault_side_code, is_policy_shown) -%}
    case
        when {{ fault_side_code }} in ('seller', 'carrier') then 'merchant'
        when not coalesce({{ is_policy_shown }}, true) then 'statutory'
        else 'customer'
    end
{%- endmacro %}

{# Why no rule can decide; null where rules do. A relation with what is known of a request. #}
{% macro judge_blocked(request) -%}
    case
        when not {{ request }}.has_order_line then 'no_order'
        when {{ request }}.ordered_date is null or {{ request }}.event_date is null
            then 'unknown_day'
        when {{ request }}.is_requested_before_order then 'before_order'
        when
            {{ request }}.requested_before_count + {{ request }}.requested_count
            > {{ request }}.ordered_count
            then 'too_many_units'
    end
{%- endmacro %}

{# All that the rules look at, as one text to be hashed. #}
{% macro list_policy_inputs() -%}
    concat_ws('|', policy_id, reason_side_code, coalesce(member_tier_name, ''),
    coalesce(blocked_code, ''), coalesce(cast(ordered_date as varchar), ''),
    coalesce(cast(since_delivered_days as varchar), ''),
    coalesce(cast(since_shipped_days as varchar), ''),
    coalesce(cast(since_ordered_days as varchar), ''), returns_90d_count
    {%- for flag in ['is_sale', 'is_final_sale', 'is_hygiene', 'is_gift', 'is_worn'] %},
    case when {{ flag }} then 'true' else 'false' end
    {%- endfor %})
{%- endmacro %}
